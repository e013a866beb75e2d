namespace FragGuard.Simulation.Tests.Models.Properties;

/// <summary>What one step of a sequence does to its slot or key, whatever came before it.</summary>
internal enum StepKind
{
    /// <summary>An empty slot gets a block, a full one loses it; a key is stored or deleted in turn.</summary>
    Toggle,

    /// <summary>A full slot's block is resized; a key is stored anew.</summary>
    Resize,

    /// <summary>A full slot's block is pinned, or unpinned again; a key is read.</summary>
    Pin,

    /// <summary>The next operations run on the slot's thread; a key is incremented.</summary>
    Thread,

    /// <summary>The clock advances by the bytes, in milliseconds.</summary>
    Tick,

    /// <summary>Everything is given back that can be; a cache frees what has expired.</summary>
    Trim,

    /// <summary>A garbage collection of generation slot mod 3; an element is pushed on a key's list.</summary>
    Collect,
}

/// <summary>One step. Any steps in any order are a sequence, so a failing one can be shrunk by leaving steps out.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Slot">The slot or key.</param>
/// <param name="Bytes">Bytes of the block or value, where it needs any.</param>
/// <param name="AlignmentBytes">Alignment of a new block; 0 for the allocator's own.</param>
internal readonly record struct Step(StepKind Kind, int Slot, long Bytes, int AlignmentBytes);
