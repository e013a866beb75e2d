using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>What ends an entry.</summary>
internal enum EntryExpiryKind
{
    /// <summary>A time span from the put on.</summary>
    Relative,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A time span without a read.</summary>
    Sliding,

    /// <summary>A change token, or what else cannot be told in time.</summary>
    Event,
}

/// <summary>One expiry that a put gives its entry.</summary>
/// <param name="Value">The time span or date.</param>
internal readonly record struct EntryExpiry(EntryExpiryKind Kind, IOperation Value);
