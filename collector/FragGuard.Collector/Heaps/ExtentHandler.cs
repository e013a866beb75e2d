namespace FragGuard.Collector.Heaps;

/// <summary>Takes one extent of a generation, with the object that it is, if that is known.</summary>
internal delegate void ExtentHandler(TrackUse use, long bytes, in KnownObject? known);
