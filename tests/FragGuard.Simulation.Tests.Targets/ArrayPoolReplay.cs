using System;
using System.Buffers;
using System.IO;
using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>Rents and returns byte arrays on one thread; prints which array came and how long it is.</summary>
internal static class ArrayPoolReplay
{
    public static void Run(BinaryReader operations, TextWriter output)
    {
        int count = operations.ReadInt32();
        byte[]?[] slots = new byte[]?[operations.ReadInt32()];
        ConditionalWeakTable<byte[], object> numbers = new();
        int next = 0;
        for (int index = 0; index < count; index++)
        {
            Operation operation = Operation.Read(operations);
            switch (operation.Kind)
            {
                case OperationKind.Allocate:
                    byte[] array = ArrayPool<byte>.Shared.Rent(operation.Bytes);
                    slots[operation.Slot] = array;
                    if (!numbers.TryGetValue(array, out object? number))
                    {
                        number = next++;
                        numbers.Add(array, number);
                    }

                    output.WriteLine(FormattableString.Invariant($"array {(int)number} {array.Length}"));
                    break;
                case OperationKind.Free:
                    ArrayPool<byte>.Shared.Return(slots[operation.Slot]!);
                    slots[operation.Slot] = null;
                    output.WriteLine("-");
                    break;
                default:
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    output.WriteLine("-");
                    break;
            }
        }
    }
}
