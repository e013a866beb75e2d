using System;
using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>
/// malloc_usable_size against the bytes a model grants, for every small size and around every larger class.
/// </summary>
internal static class UsableSizes
{
    private const long EverySizeUpTo = 40_000;
    private const long Largest = 8 << 20;

    private static AllocationEvent Free { get; } = new(AllocationEventKind.Free, 1);

    public static void Compare(ITestOutputHelper output, PreloadedAllocator allocator, string name, string program)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        List<long> sizes = [.. Sizes(model)];
        List<DriverOperation> operations = [];
        foreach (long bytes in sizes)
        {
            operations.Add(DriverOperation.Of(Allocate(bytes)));
            operations.Add(DriverOperation.Usable(1));
            operations.Add(DriverOperation.Of(Free));
        }

        long[] usable = allocator.Play(operations);
        int different = 0;
        for (int i = 0; i < sizes.Count; i++)
        {
            long granted = GrantedBytes(model, sizes[i]);
            if (granted != usable[i] && different++ < 10)
                output.WriteLine($"{sizes[i]} bytes: {usable[i]} usable, {granted} in the model");
        }

        FidelityResults.Exact(
            output, name, "one block of each size", program, sizes.Count, "usable sizes of 1 B to 8 MiB", different);
    }

    private static IEnumerable<long> Sizes(IAllocatorModel model)
    {
        for (long bytes = 1; bytes <= EverySizeUpTo; bytes++)
            yield return bytes;
        for (long bytes = EverySizeUpTo + 1; bytes <= Largest;)
        {
            yield return bytes;
            long granted = GrantedBytes(model, bytes);
            yield return granted;
            bytes = Math.Max(granted, bytes) + 1;
        }
    }

    private static long GrantedBytes(IAllocatorModel model, long bytes)
    {
        model.Apply(Allocate(bytes));
        long granted = model.Counters.GrantedBytes;
        model.Apply(Free);
        return granted;
    }

    private static AllocationEvent Allocate(long bytes) => new(AllocationEventKind.Allocate, 1, bytes);
}
