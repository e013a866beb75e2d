namespace FragGuard.Collector.Heaps;

/// <summary>One large object between its birth and its death.</summary>
/// <param name="id">Its number in the trace.</param>
/// <param name="birth">Index of its birth among the events.</param>
/// <param name="source">Index of the stack and type it was born with.</param>
internal sealed class LargeObject(long id, long birth, double bornMs, int source)
{
    public long Id { get; } = id;

    public long Birth { get; } = birth;

    /// <summary>Header and alignment included.</summary>
    public long Bytes { get; set; }

    public double BornMs { get; } = bornMs;

    public int Source { get; } = source;

    /// <summary>Address of its first byte after the header; 0 while it is known by size only.</summary>
    public ulong Address { get; set; }

    /// <summary>Whether a full GC that could have freed it has run since.</summary>
    public bool IsJudged { get; set; }
}
