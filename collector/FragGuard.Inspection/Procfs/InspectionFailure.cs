namespace FragGuard.Inspection.Procfs;

/// <summary>Why a process or the kernel could not be looked at.</summary>
public enum InspectionFailure
{
    /// <summary>Not Linux, or not a 64-bit little-endian machine: nothing here can be read.</summary>
    Platform,

    /// <summary>There is no such process, or it ended or became another program meanwhile.</summary>
    NoProcess,

    /// <summary>The system refuses it; the message names the capability or setting that is missing.</summary>
    NoPermission,

    /// <summary>A 32-bit or foreign-architecture program.</summary>
    Architecture,

    /// <summary>The process has nothing of the kind looked for, such as no slab zone.</summary>
    NotFound,

    /// <summary>What was read is no valid structure: damaged, forged, or changed faster than it could be read.</summary>
    Invalid,
}
