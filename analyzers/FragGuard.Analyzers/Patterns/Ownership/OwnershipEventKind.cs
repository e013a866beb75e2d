namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What an operation does to a resource.</summary>
internal enum OwnershipEventKind
{
    Acquired,
    Used,
    Returned,
    Escaped,

    /// <summary>Given back by a method that gives back what it is passed.</summary>
    ReturnedByCallee,
}
