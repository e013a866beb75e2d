using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>What a put says of its entry beside key and value.</summary>
internal sealed class EntrySettings
{
    private readonly List<EntryExpiry> _expiries = [];

    /// <summary>Whether everything that can say more of the entry was seen; what was seen holds either way.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>The size the entry is given, or null.</summary>
    public IOperation? Size { get; private set; }

    public IReadOnlyList<EntryExpiry> Expiries => _expiries;

    /// <summary>True when the entry certainly has no size.</summary>
    public bool LacksSize => IsComplete && Size is null;

    /// <summary>True when the entry certainly stays until somebody removes it.</summary>
    public bool LacksExpiry => IsComplete && _expiries.Count == 0;

    public void Hide() => IsComplete = false;

    /// <summary>A property that is set, or a fluent method named <c>Set…</c> or <c>Add…</c>; false when nobody knows what it does.</summary>
    public bool TryAdd(string name, IOperation value)
    {
        switch (name)
        {
            case "Size" or "SetSize":
                Size = value;
                return true;
            case "AbsoluteExpirationRelativeToNow" or "absoluteExpirationRelativeToNow" or "Expiration":
                Add(EntryExpiryKind.Relative, value);
                return true;
            case "AbsoluteExpiration" or "absoluteExpiration":
                Add(EntryExpiryKind.Date, value);
                return true;
            case "SetAbsoluteExpiration":
                Add(value.Type?.Name is "TimeSpan" ? EntryExpiryKind.Relative : EntryExpiryKind.Date, value);
                return true;
            case "SlidingExpiration" or "SetSlidingExpiration":
                Add(EntryExpiryKind.Sliding, value);
                return true;
            case "AddExpirationToken" or "ExpirationTokens" or "expirationToken" or "LocalCacheExpiration":
                Add(EntryExpiryKind.Event, value);
                return true;
            case "Priority" or "SetPriority" or "Value" or "SetValue" or "RegisterPostEvictionCallback"
                or "PostEvictionCallbacks" or "Flags":
                return true;
            default:
                return false;
        }
    }

    private void Add(EntryExpiryKind kind, IOperation value)
    {
        if (value.ConstantValue is not { HasValue: true, Value: null })
            _expiries.Add(new EntryExpiry(kind, value));
    }
}
