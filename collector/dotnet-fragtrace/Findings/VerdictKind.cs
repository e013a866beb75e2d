namespace FragGuard.FragTrace.Findings;

/// <summary>The four things a run can say of a finding.</summary>
public enum VerdictKind
{
    /// <summary>The run cannot tell; the reason says what was missing.</summary>
    Unknown,

    /// <summary>The code the finding speaks of did not run.</summary>
    NotExercised,

    /// <summary>It ran, and the harm was not there.</summary>
    Refuted,

    /// <summary>It ran, and the harm was there.</summary>
    Confirmed,
}
