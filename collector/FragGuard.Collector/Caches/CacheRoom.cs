namespace FragGuard.Collector.Caches;

/// <summary>Room for what all caches of a recording have to remember together.</summary>
internal sealed class CacheRoom
{
    /// <summary>Most entries followed from their store to their removal at one time.</summary>
    public const int MaxEntries = 1 << 20;

    /// <summary>Most pairs of a cache and a stack that stores into it.</summary>
    public const int MaxSites = 1 << 18;

    private int _entries;
    private int _sites;

    /// <summary>Stores that were counted but not followed.</summary>
    public long LeftOut { get; private set; }

    public bool TryTakeEntry()
    {
        if (_entries == MaxEntries)
        {
            LeftOut++;
            return false;
        }

        _entries++;
        return true;
    }

    public void GiveEntryBack() => _entries--;

    public bool TryTakeSite() => _sites < MaxSites && ++_sites > 0;
}
