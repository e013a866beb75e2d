namespace FragGuard.Inspection.Procfs;

/// <summary>Where the content of one OS page is.</summary>
public enum PageResidence : byte
{
    /// <summary>The kernel did not say.</summary>
    Unknown,

    /// <summary>Nowhere: never touched, or given back.</summary>
    Absent,

    /// <summary>In memory.</summary>
    Resident,

    /// <summary>In swap.</summary>
    Swapped,
}
