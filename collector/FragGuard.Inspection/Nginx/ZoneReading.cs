namespace FragGuard.Inspection.Nginx;

/// <summary>How a zone was read, and how far it can be trusted.</summary>
/// <param name="Attempts">Readings that were made; the last one counts, or the one with the fewest doubts.</param>
/// <param name="Changed">The zone's records changed while it was read.</param>
/// <param name="Doubts">What still does not agree.</param>
/// <param name="UnparsedPages">Pages of which nothing is known.</param>
/// <param name="UnparsedShare">Their share of the zone's pages, 0..1.</param>
public sealed record ZoneReading(int Attempts, bool Changed, ZoneDoubts Doubts, int UnparsedPages, double UnparsedShare)
{
    /// <summary>
    /// Read through the process, which maps each page that is read into it: its resident size grew by at most that. False
    /// when the memory behind the mapping could be read, which changes nothing at all.
    /// </summary>
    public bool IsThroughProcess { get; init; } = true;

    /// <summary>The numbers are of no one moment: the zone was rewritten while it was read, or is damaged.</summary>
    public bool IsTorn => Doubts != ZoneDoubts.None;
}
