namespace FragGuard.Inspection.Nginx;

/// <summary>
/// What all zones of one process together may cost to read: a forged header makes address space, which costs nothing, look
/// like a large zone.
/// </summary>
/// <param name="pages">Zone pages; unless told otherwise 64 GB of pages of 4 KiB.</param>
/// <param name="slots">Slots that may hold entries of shared dictionaries.</param>
internal sealed class ZoneBudget(long pages = ZoneBudget.MostPages, long slots = 1 << 24)
{
    public const long MostPages = 1 << 24;

    public long PagesLeft { get; private set; } = pages;

    public long SlotsLeft { get; private set; } = slots;

    /// <summary>Zones that were left out.</summary>
    public int Unread { get; private set; }

    public bool Allows(SlabHeader header)
    {
        if (HasRoomFor(header))
            return true;
        Unread++;
        return false;
    }

    public bool HasRoomFor(SlabHeader header) => !header.IsTooLarge && header.PageCount <= PagesLeft;

    public void Take(SlabZone zone)
    {
        PagesLeft -= zone.Pages;
        SlotsLeft -= zone.Dict?.Records.Slots ?? 0;
    }
}
