using System;
using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>malloc_usable_size against the bytes a model grants, for every small size and around every larger class.</summary>
internal static class UsableSizes
{
    private const long EverySizeUpTo = 40_000;
    private const long Largest = 8 << 20;

    public static void Compare(ITestOutputHelper output, PreloadedAllocator allocator, string name, string program)
    {
        List<long> sizes = [.. Sizes(name)];
        List<DriverOperation> operations = [];
        foreach (long bytes in sizes)
        {
            operations.Add(DriverOperation.Of(Allocate(bytes)));
            operations.Add(DriverOperation.Usable(1));
            operations.Add(DriverOperation.Of(new AllocationEvent(AllocationEventKind.Free, 1)));
        }

        long[] usable = allocator.Play(operations);
        int different = 0;
        for (int i = 0; i < sizes.Count; i++)
        {
            long granted = GrantedBytes(name, sizes[i]);
            if (granted != usable[i] && different++ < 10)
                output.WriteLine($"{sizes[i]} bytes: {usable[i]} usable, {granted} in the model");
        }

        FidelityResults.Exact(
            output, name, "one block of each size", program, sizes.Count, "usable sizes of 1 B to 8 MiB", different);
    }

    private static IEnumerable<long> Sizes(string name)
    {
        for (long bytes = 1; bytes <= EverySizeUpTo; bytes++)
            yield return bytes;
        for (long bytes = EverySizeUpTo + 1; bytes <= Largest;)
        {
            yield return bytes;
            long granted = GrantedBytes(name, bytes);
            yield return granted;
            bytes = Math.Max(granted, bytes) + 1;
        }
    }

    private static long GrantedBytes(string name, long bytes)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        model.Apply(Allocate(bytes));
        return model.Counters.GrantedBytes;
    }

    private static AllocationEvent Allocate(long bytes) => new(AllocationEventKind.Allocate, 1, bytes);
}
