namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What an operation does to a resource.</summary>
internal enum OwnershipEventKind
{
    Acquired,
    Used,
    Returned,
    Escaped,
}
