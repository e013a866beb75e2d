using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>Keeps each value in 64 KiB arrays from a list of idle ones, and puts them back when it is dropped.</summary>
internal static class ChunkReplay
{
    private const int ChunkBytes = 64 << 10;

    public static void Run(BinaryReader operations, TextWriter output)
    {
        int count = operations.ReadInt32();
        byte[][]?[] slots = new byte[operations.ReadInt32()][][];
        Stack<byte[]> idle = new();
        for (int index = 0; index < count; index++)
            Step(Operation.Read(operations), slots, idle);

        GC.Collect();
        FullGc.Last(FullGc.LargeObjectHeap, count, count).Write(output);
        GC.KeepAlive(slots);
        GC.KeepAlive(idle);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Step(Operation operation, byte[][]?[] slots, Stack<byte[]> idle)
    {
        switch (operation.Kind)
        {
            case OperationKind.Allocate:
                byte[][] value = new byte[(operation.Bytes + ChunkBytes - 1) / ChunkBytes][];
                for (int i = 0; i < value.Length; i++)
                    value[i] = idle.Count > 0 ? idle.Pop() : new byte[ChunkBytes];
                slots[operation.Slot] = value;
                break;
            case OperationKind.Free:
                foreach (byte[] chunk in slots[operation.Slot]!)
                    idle.Push(chunk);
                slots[operation.Slot] = null;
                break;
            default:
                GC.Collect();
                break;
        }
    }
}
