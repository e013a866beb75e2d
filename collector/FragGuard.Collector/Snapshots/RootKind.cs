namespace FragGuard.Collector.Snapshots;

/// <summary>What keeps an object alive that no other object refers to. The numbers are the runtime's.</summary>
public enum RootKind
{
    /// <summary>A local variable or a register.</summary>
    Stack = 0,

    /// <summary>The queue of objects to finalize.</summary>
    Finalizer = 1,

    /// <summary>A GC handle; static fields hang on handles as well.</summary>
    Handle = 2,

    /// <summary>Something else of the runtime.</summary>
    Other = 3,

    /// <summary>A static field whose name was told.</summary>
    Static = 4,
}
