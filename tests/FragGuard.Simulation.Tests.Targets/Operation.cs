using System.IO;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>One step of a replay. A slot holds one object at a time.</summary>
internal enum OperationKind : byte
{
    Allocate,
    Free,

    /// <summary>A full blocking GC.</summary>
    Collect,

    /// <summary>A full blocking GC that compacts the large object heap.</summary>
    Compact,

    /// <summary>Allocates on the heap of pinned objects.</summary>
    AllocatePinned,

    /// <summary>Holds the object of the slot where it is.</summary>
    Pin,

    Unpin,

    /// <summary>A blocking GC of the generation that the slot names.</summary>
    CollectGeneration,

    /// <summary>The same, compacting.</summary>
    CompactGeneration,
}

/// <param name="Slot">Where the object is kept.</param>
/// <param name="Bytes">Length of the byte array to allocate.</param>
internal readonly record struct Operation(OperationKind Kind, int Slot, int Bytes)
{
    public static Operation Read(BinaryReader reader) =>
        new((OperationKind)reader.ReadByte(), reader.ReadInt32(), reader.ReadInt32());
}
