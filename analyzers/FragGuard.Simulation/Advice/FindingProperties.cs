namespace FragGuard.Simulation.Advice;

public static class FindingProperties
{
    public const string Model = "fragguard.model";
    public const string Waste = "fragguard.waste";
    public const string LiveBytes = "fragguard.liveBytes";
    public const string HeapBytes = "fragguard.heapBytes";
    public const string Threshold = "fragguard.threshold";
    public const string PutSites = "fragguard.putSites";
}
