namespace FragGuard.Collector.Feeds;

/// <summary>Names and event ids of the runtime's own providers (ClrEtwAll.man of dotnet/runtime).</summary>
internal static class RuntimeEvents
{
    public const string Provider = "Microsoft-Windows-DotNETRuntime";

    /// <summary>Repeats at the end of a session what was loaded before it began.</summary>
    public const string Rundown = "Microsoft-Windows-DotNETRuntimeRundown";

    public const int GcStart = 1;
    public const int GcEnd = 2;
    public const int RestartEnd = 3;
    public const int HeapStats = 4;
    public const int SuspendBegin = 9;
    public const int AllocationTick = 10;
    public const int BulkType = 15;
    public const int BulkRootEdge = 16;
    public const int BulkDependentHandle = 17;
    public const int BulkNode = 18;
    public const int BulkEdge = 19;
    public const int SurvivingRanges = 21;
    public const int MovedRanges = 22;
    public const int GenerationRange = 23;
    public const int PinObjectAtGcTime = 33;
    public const int BulkRootStatic = 38;
    public const int MethodLoadVerbose = 143;
    public const int MethodListedVerbose = 144;
    public const int MapListed = 150;
    public const int ModuleLoad = 152;
    public const int ModuleListed = 154;
    public const int RuntimeStart = 187;
    public const int MapLoad = 190;
    public const int PerHeapHistory = 204;
    public const int GlobalHeapHistory = 205;
    public const int AllocationSampled = 303;
}
