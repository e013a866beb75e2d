namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// Which slices of each segment are committed, which wait to be given back, and which operating system pages were
/// touched.
/// </summary>
internal sealed class SliceMemory
{
    private const int SlicesPerSegment = MimallocSizeClasses.SlicesPerSegment;
    private const long SliceBytes = MimallocSizeClasses.SliceBytes;
    private const int OsPageBytes = MimallocMemory.OsPageBytes;
    private const int OsPagesPerSlice = (int)(SliceBytes / OsPageBytes);

    private readonly PageBits _committed = new(SlicesPerSegment);
    private readonly PageBits _waiting = new(SlicesPerSegment);
    private readonly PageBits _touched = new(SlicesPerSegment * OsPagesPerSlice);

    public long CommittedBytes { get; private set; }

    public long ResidentBytes { get; private set; }

    public void Grow(int segments)
    {
        _committed.Grow(segments);
        _waiting.Grow(segments);
        _touched.Grow(segments);
    }

    public bool IsCommitted(int segment, int slice) => _committed.Contains(segment, slice);

    public bool AreCommitted(int segment, int start, int end)
    {
        for (int slice = start; slice < end; slice++)
        {
            if (!_committed.Contains(segment, slice))
                return false;
        }

        return true;
    }

    /// <returns>Bytes that were not committed.</returns>
    public long Commit(int segment, int start, int count)
    {
        long bytes = _committed.Add(segment, start, count) * SliceBytes;
        CommittedBytes += bytes;
        return bytes;
    }

    /// <returns>Bytes that were committed.</returns>
    public long Decommit(int segment, int start, int count)
    {
        long bytes = _committed.Remove(segment, start, count) * SliceBytes;
        _waiting.Remove(segment, start, count);
        CommittedBytes -= bytes;
        ResidentBytes -= (long)_touched.Remove(segment, start * OsPagesPerSlice, count * OsPagesPerSlice) * OsPageBytes;
        return bytes;
    }

    /// <summary>Notes the committed ones of the slices as waiting to be given back.</summary>
    public void Wait(int segment, int start, int count)
    {
        for (int slice = start; slice < start + count; slice++)
        {
            if (_committed.Contains(segment, slice))
                _waiting.Add(segment, slice, 1);
        }
    }

    /// <returns>Whether any of the slices waited; none does any longer.</returns>
    public bool EndWait(int segment, int start, int count) => _waiting.Remove(segment, start, count) > 0;

    /// <returns>Bytes given back.</returns>
    public long DecommitWaiting(int segment)
    {
        long bytes = 0;
        for (int slice = 1; slice < SlicesPerSegment; slice++)
        {
            if (_waiting.Contains(segment, slice))
                bytes += Decommit(segment, slice, 1);
        }

        return bytes;
    }

    public void Touch(int segment, long start, long bytes)
    {
        int first = (int)(start / OsPageBytes);
        int last = (int)((start + bytes - 1) / OsPageBytes);
        ResidentBytes += (long)_touched.Add(segment, first, last - first + 1) * OsPageBytes;
    }

    /// <summary>Counts a segment of a single block, which is committed as a whole.</summary>
    public void CountSingle(long committedBytes, long residentBytes)
    {
        CommittedBytes += committedBytes;
        ResidentBytes += residentBytes;
    }
}
