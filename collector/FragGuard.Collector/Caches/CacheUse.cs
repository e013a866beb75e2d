using System.Collections.Generic;

namespace FragGuard.Collector.Caches;

/// <summary>What one instrumented cache did.</summary>
/// <param name="Name">As the program named it.</param>
/// <param name="LiveEntries">Entries held when the recording ended, of those stored during it.</param>
/// <param name="MinEntryBytes">Smallest entry stored; 0 when none was.</param>
/// <param name="Timeline">Live entries and bytes over time, at most 512 moments.</param>
/// <param name="Sites">The code that stores, most stores first.</param>
public sealed record CacheUse(
    string Name,
    long Stored,
    long Removed,
    long LiveEntries,
    long LiveBytes,
    long PeakLiveEntries,
    long PeakLiveBytes,
    long MinEntryBytes,
    long MaxEntryBytes,
    IReadOnlyDictionary<string, long> RemovedByReason,
    IReadOnlyList<CacheMoment> Timeline,
    IReadOnlyList<StoreSite> Sites);
