namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

internal enum SpanState : byte
{
    InUse,

    /// <summary>Free, its pages as they were.</summary>
    Normal,

    /// <summary>Free, its pages given back to the system.</summary>
    Returned,
}
