namespace FragGuard.Collector.Forecasts;

/// <summary>Why a GC has no prediction.</summary>
internal static class NoPrediction
{
    public const string Background = "a background GC: the program allocates while it runs";
    public const string BesideBackground = "ran beside a background GC";
    public const string SeveralHeaps = "Server GC: several heaps share one decision";
    public const string NoSurvivors = "the recording lists no survivors";
    public const string TooManySurvivors = "it left more survivors than can be kept";
    public const string UnknownOlder = "nobody has said yet what lives in the generation above";
    public const string NoRegions = "the heap is not in regions of one size";
    public const string NoGeneration = "it says to collect a generation that no heap has";
    public const string ShortOfMemory = "memory was short, and then other rules decide";
    public const string LostEvents = "the recording lost events";
}
