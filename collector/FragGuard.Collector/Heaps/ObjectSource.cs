namespace FragGuard.Collector.Heaps;

/// <summary>Where an object came from: a number in the table of large objects or in that of sampled ones.</summary>
internal readonly record struct ObjectSource(int Number, bool IsLarge);
