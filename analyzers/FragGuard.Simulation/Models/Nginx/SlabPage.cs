namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// Descriptor of one page, or the head of a list of pages. Lists are circular, through the index of the head;
/// <see cref="Next"/> is −1 for a page in no list.
/// </summary>
internal struct SlabPage
{
    /// <summary>
    /// Slots in use, one bit each, bitmap slots included; on a page of more than 64 slots, where its words start in
    /// <see cref="SlabMaps"/>.
    /// </summary>
    public ulong Map;

    public int Next;

    /// <summary>Previous page of the list; on the last page of a free run of several, the run's first page.</summary>
    public int Previous;

    /// <summary>Length of the free run or block that starts here; 0 on every other page.</summary>
    public int Pages;

    /// <summary>Slots in use, bitmap slots not counted.</summary>
    public ushort Used;

    /// <summary>Base-2 logarithm of the slot size of a cut page.</summary>
    public byte Shift;

    public SlabPageUse Use;

    /// <summary>Whether anything was ever written to the page, so that it occupies physical memory.</summary>
    public bool IsTouched;
}
