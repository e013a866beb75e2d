namespace FragGuard.Inspection.Breakdown;

/// <summary>How sure it is that a piece belongs to its part.</summary>
public enum Certainty
{
    /// <summary>A guess from size, place or what is left.</summary>
    Estimated,

    /// <summary>Its form fits, and little else has that form.</summary>
    Likely,

    /// <summary>The kernel says so, or a structure in it that nothing else has.</summary>
    Certain,
}
