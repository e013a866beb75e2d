namespace FragGuard.Inspection.Nginx;

/// <summary>One size class of a zone: counted from the bitmaps, beside what the pool itself counts.</summary>
/// <param name="SlotBytes">Bytes of one slot.</param>
/// <param name="Pages">Pages cut for the class.</param>
/// <param name="Used">Slots that hold something; those that hold a page's own bitmap are not counted.</param>
/// <param name="Free">Slots ready for reuse.</param>
/// <param name="PoolTotal">Slots as the pool counts them; null before nginx 1.11.7.</param>
/// <param name="PoolUsed">Slots in use as the pool counts them; null before nginx 1.11.7.</param>
/// <param name="Requests">Requests since nginx started; null before nginx 1.11.7.</param>
/// <param name="Failures">Requests refused; null before nginx 1.11.7.</param>
public sealed record ZoneClass(
    long SlotBytes, long Pages, long Used, long Free, ulong? PoolTotal, ulong? PoolUsed, ulong? Requests, ulong? Failures);
