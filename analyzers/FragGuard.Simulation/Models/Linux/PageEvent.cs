namespace FragGuard.Simulation.Models.Linux;

/// <summary>One recorded event of the kernel's page allocator.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Page">Page frame number of the block's first page; −1 for a mark or a loss.</param>
/// <param name="Order">The block has 2^order pages.</param>
/// <param name="Mark">The text of a mark; null otherwise.</param>
/// <param name="LostEvents">Number of events lost; 0 otherwise.</param>
/// <param name="EndPage">Where the range of an isolation ends; 0 otherwise.</param>
/// <param name="TakenPages">Pages that an isolation took, the lowest free ones of its range; 0 otherwise.</param>
/// <param name="MigrateType">
/// The migrate type asked for, as the kernel numbers it, of a block handed to its owner; −1 otherwise.
/// </param>
public readonly record struct PageEvent(
    PageEventKind Kind,
    long Page,
    int Order = 0,
    string? Mark = null,
    long LostEvents = 0,
    long EndPage = 0,
    long TakenPages = 0,
    int MigrateType = -1);
