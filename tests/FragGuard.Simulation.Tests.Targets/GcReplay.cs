using System;
using System.IO;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>
/// Allocates, drops and pins byte arrays and runs GCs; prints all heaps before the first operation and after each GC.
/// </summary>
internal static class GcReplay
{
    /// <summary>Slots of one array: small enough to stay off the large object heap.</summary>
    private const int ChunkSlots = 8192;

    public static void Run(BinaryReader operations, TextWriter output)
    {
        int count = operations.ReadInt32();
        int slots = operations.ReadInt32();
        byte[]?[][] chunks = new byte[]?[(slots / ChunkSlots) + 1][];
        for (int i = 0; i < chunks.Length; i++)
            chunks[i] = new byte[]?[ChunkSlots];
        using NativeList<GCHandle> pins = new(slots + 1);
        for (int i = 0; i < slots; i++)
            pins.Add(default);
        using NativeList<GcHeaps> collections = new(count + 1);
        GcHeaps.Last(-1);
        for (int i = 0; i < 3; i++)
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        int seen = Collections();
        collections.Add(GcHeaps.Last(-1));
        for (int index = 0; index < count; index++)
        {
            Step(Operation.Read(operations), chunks, pins);
            if (Collections() == seen)
                continue;
            seen = Collections();
            collections.Add(GcHeaps.Last(index));
        }

        for (int i = 0; i < collections.Count; i++)
            collections[i].Write(output);
        GC.KeepAlive(chunks);
    }

    private static int Collections() => GC.CollectionCount(0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Step(Operation operation, byte[]?[][] chunks, NativeList<GCHandle> pins)
    {
        ref byte[]? slot = ref chunks[operation.Slot / ChunkSlots][operation.Slot % ChunkSlots];
        switch (operation.Kind)
        {
            case OperationKind.Allocate:
                slot = new byte[operation.Bytes];
                break;
            case OperationKind.AllocatePinned:
                slot = GC.AllocateUninitializedArray<byte>(operation.Bytes, pinned: true);
                break;
            case OperationKind.Free:
                slot = null;
                break;
            case OperationKind.Pin:
                pins[operation.Slot] = GCHandle.Alloc(slot, GCHandleType.Pinned);
                break;
            case OperationKind.Unpin:
                pins[operation.Slot].Free();
                break;
            case OperationKind.Compact:
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: false);
                break;
            case OperationKind.Collect:
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: false);
                break;
            default:
                GC.Collect(
                    operation.Slot, GCCollectionMode.Forced, blocking: true,
                    compacting: operation.Kind == OperationKind.CompactGeneration);
                break;
        }
    }
}
