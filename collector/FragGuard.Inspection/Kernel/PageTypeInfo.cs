using System.Collections.Generic;

namespace FragGuard.Inspection.Kernel;

/// <summary>What /proc/pagetypeinfo says.</summary>
/// <param name="PageBlockOrder">Order of a page block, the unit that has one migrate type; −1 when the text does not tell.</param>
/// <param name="Free">A row for each zone and migrate type.</param>
/// <param name="Blocks">Page blocks of each zone and migrate type.</param>
public sealed record PageTypeInfo(
    int PageBlockOrder, IReadOnlyList<FreeBlocksOfType> Free, IReadOnlyList<PageBlocksOfType> Blocks);

/// <summary>Free blocks of one migrate type of a zone.</summary>
/// <param name="Type">The kernel's name of the migrate type, such as Unmovable.</param>
/// <param name="FreeBlocks">Free blocks per order.</param>
/// <param name="IsCapped">The kernel stopped counting an order at 100,000 blocks: there are more.</param>
public sealed record FreeBlocksOfType(int Node, string Zone, string Type, IReadOnlyList<long> FreeBlocks, bool IsCapped);

/// <summary>Page blocks of one migrate type of a zone.</summary>
public sealed record PageBlocksOfType(int Node, string Zone, string Type, long Blocks);
