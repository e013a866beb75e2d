namespace FragGuard.Collector.Heaps;

/// <summary>How a GC shares time with the program.</summary>
public enum GcKind
{
    /// <summary>The program waits for all of it.</summary>
    Blocking,

    /// <summary>A full GC beside the running program.</summary>
    Background,

    /// <summary>A blocking GC of a young generation during a background one.</summary>
    Foreground,
}
