namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>How a method came by a resource.</summary>
internal enum OwnershipOrigin
{
    /// <summary>By a call or a creation that the protocol itself knows.</summary>
    Acquired,

    /// <summary>By a call of a method that acquires it and hands it over to its caller.</summary>
    HandedOver,

    /// <summary>Somehow; the method gives it back, which says nothing about who would have had to.</summary>
    Adopted,
}
