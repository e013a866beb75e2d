using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>Rents and returns byte arrays on one thread of one core; prints which array came and how long it is.</summary>
internal static class ArrayPoolReplay
{
    private const int CallsUntilCoreIsKnown = 10_000;

    public static void Run(BinaryReader operations, TextWriter output)
    {
        StayOnOneCore();
        int count = operations.ReadInt32();
        byte[]?[] slots = new byte[operations.ReadInt32()][];
        ConditionalWeakTable<byte[], object> numbers = [];
        List<(int Number, int Length)> answers = new(count);
        int next = 0;
        for (int index = 0; index < count; index++)
        {
            Operation operation = Operation.Read(operations);
            if (operation.Kind == OperationKind.Allocate)
            {
                byte[] array = ArrayPool<byte>.Shared.Rent(operation.Bytes);
                slots[operation.Slot] = array;
                answers.Add(((int)numbers.GetValue(array, _ => next++), array.Length));
            }
            else
            {
                ArrayPool<byte>.Shared.Return(slots[operation.Slot]!);
                slots[operation.Slot] = null;
                answers.Add((-1, 0));
            }
        }

        foreach ((int number, int length) in answers)
            output.WriteLine(FormattableString.Invariant($"array {number} {length}"));
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
