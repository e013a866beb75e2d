namespace FragGuard.Analyzers;

/// <summary>Categories, one per thousand of rule ids.</summary>
internal enum Category
{
    SharedCaches, // FG1xxx
    Pools, // FG2xxx
    GcHeap, // FG3xxx
    Native, // FG4xxx
}
