using System;
using System.IO;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>
/// Allocates and drops byte arrays, large or pinned ones; prints the address of each and their heap after each full GC.
/// </summary>
/// <remarks>A background GC is counted when it starts and reported when it ends.</remarks>
internal static class LargeObjectReplay
{
    public static void Run(BinaryReader operations, TextWriter output, bool pinned)
    {
        int heap = pinned ? FullGc.PinnedObjectHeap : FullGc.LargeObjectHeap;
        int count = operations.ReadInt32();
        object?[] slots = new object?[operations.ReadInt32()];
        using NativeList<long> addresses = new(count);
        using NativeList<FullGc> collections = new(count);
        int started = GC.CollectionCount(2);
        int startedAt = 0;
        bool isRunning = false;
        long last = 0;
        for (int index = 0; index < count; index++)
        {
            addresses.Add(Step(Operation.Read(operations), slots, pinned));
            if (GC.CollectionCount(2) != started)
            {
                started = GC.CollectionCount(2);
                startedAt = isRunning ? startedAt : index;
                isRunning = true;
            }

            if (!isRunning)
                continue;
            FullGc collection = FullGc.Last(heap, startedAt, index);
            if (collection.Number == last)
                continue;
            last = collection.Number;
            isRunning = false;
            collections.Add(collection);
        }

        for (int i = 0; i < addresses.Count; i++)
            output.WriteLine(FormattableString.Invariant($"at {addresses[i]}"));
        for (int i = 0; i < collections.Count; i++)
            collections[i].Write(output);
        GC.KeepAlive(slots);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Step(Operation operation, object?[] slots, bool pinned)
    {
        switch (operation.Kind)
        {
            case OperationKind.Allocate:
                return Allocate(slots, operation.Slot, operation.Bytes, pinned);
            case OperationKind.Free:
                slots[operation.Slot] = null;
                return 0;
            case OperationKind.Compact:
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect();
                return 0;
            default:
                GC.Collect();
                return 0;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe long Allocate(object?[] slots, int slot, int bytes, bool pinned)
    {
        byte[] array = pinned ? GC.AllocateUninitializedArray<byte>(bytes, pinned: true) : new byte[bytes];
        slots[slot] = array;
        return (long)*(nint*)Unsafe.AsPointer(ref array);
    }
}
