using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>
/// Rents and returns byte arrays on one thread; prints which array came and how long it is. Full GCs are
/// <c>POOL_PAUSE</c> milliseconds apart.
/// </summary>
internal static class ArrayPoolReplay
{
    private const int CallsUntilCoreIsKnown = 10_000;

    /// <summary>The shared pool, on one core.</summary>
    public static void Run(BinaryReader operations, TextWriter output)
    {
        StayOnOneCore();
        Play(operations, output, ArrayPool<byte>.Shared);
    }

    /// <summary>A pool of its own; <c>POOL_LENGTH</c> and <c>POOL_ARRAYS</c> set its limits, which are the defaults otherwise.</summary>
    public static void RunCreated(BinaryReader operations, TextWriter output) => Play(
        operations, output,
        Setting.Number("POOL_LENGTH") is { } length && Setting.Number("POOL_ARRAYS") is { } arrays
            ? ArrayPool<byte>.Create(length, arrays)
            : ArrayPool<byte>.Create());

    private static void Play(BinaryReader operations, TextWriter output, ArrayPool<byte> pool)
    {
        int count = operations.ReadInt32();
        byte[]?[] slots = new byte[operations.ReadInt32()][];
        NumberedObjects numbers = new();
        List<(int Number, int Length)> answers = new(count);
        int collections = 0;
        for (int index = 0; index < count; index++)
        {
            Operation operation = Operation.Read(operations);
            if (operation.Kind == OperationKind.Allocate)
            {
                byte[] array = pool.Rent(operation.Bytes);
                slots[operation.Slot] = array;
                answers.Add((numbers.Of(array), array.Length));
            }
            else if (operation.Kind == OperationKind.Collect)
            {
                Thread.Sleep(collections++ == 0 ? 0 : Setting.Number("POOL_PAUSE") ?? 0);
                Collect(output);
            }
            else
            {
                pool.Return(slots[operation.Slot]!);
                slots[operation.Slot] = null;
                answers.Add((-1, 0));
            }
        }

        foreach ((int number, int length) in answers)
            output.WriteLine(FormattableString.Invariant($"array {number} {length}"));
    }

    /// <summary>A full GC, and what the pool does upon it; prints the memory pressure that the pool sees.</summary>
    private static void Collect(TextWriter output)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        double load = (double)memory.MemoryLoadBytes / memory.HighMemoryLoadThresholdBytes;
        output.WriteLine($"pressure {(load >= 0.9 ? "high" : load >= 0.7 ? "medium" : "low")}");
    }

    /// <summary>The pool starts its search at the current core, which the runtime reads only now and then.</summary>
    private static void StayOnOneCore()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        using Process self = Process.GetCurrentProcess();
        nint allowed = self.ProcessorAffinity;
        self.ProcessorAffinity = allowed & -allowed;
        for (int i = 0; i < CallsUntilCoreIsKnown; i++)
            Thread.GetCurrentProcessorId();
    }
}
