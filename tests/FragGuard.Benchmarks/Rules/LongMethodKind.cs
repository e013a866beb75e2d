namespace FragGuard.Benchmarks.Rules;

/// <summary>What a long method does again and again.</summary>
public enum LongMethodKind
{
    /// <summary>Returns the same rented array and leaves.</summary>
    Exits,

    /// <summary>Rents and returns in a lambda.</summary>
    Lambdas,

    /// <summary>Allocates and frees native memory.</summary>
    Native,

    /// <summary>Pins a new array by a handle.</summary>
    Handles,

    /// <summary>Makes an array on the pinned heap.</summary>
    Pinned,
}
