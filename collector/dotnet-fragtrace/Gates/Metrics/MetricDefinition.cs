using System;
using System.Diagnostics.CodeAnalysis;

namespace FragGuard.FragTrace.Gates.Metrics;

/// <summary>One number that a gate can hold against a limit.</summary>
/// <param name="Key">Its name; <see cref="Anything"/> stands for a name from the file, such as a zone's.</param>
/// <param name="Meaning">What it is, with the moment it is taken at.</param>
internal sealed record MetricDefinition(string Key, MetricUnit Unit, string Meaning)
{
    public const string Anything = "<name>";

    /// <summary>The schema of the result it is read from.</summary>
    public string From { get; init; } = string.Empty;

    /// <summary>What a result must hold to have it, to follow "it needs"; empty when every result has it.</summary>
    public string Needs { get; init; } = string.Empty;

    /// <summary>Whether a smaller number is the worse one.</summary>
    public bool SmallerIsWorse { get; init; }

    /// <summary>Whether it tells of large objects, so that a recording that saw little of their lives proves little of it.</summary>
    public bool IsOfLargeObjects { get; init; }

    /// <summary>Whether baselines and comparisons take it when nobody names metrics.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>Whether a key is this one, or one of those it stands for.</summary>
    public bool Matches(string key)
    {
        if (!IsPattern(out string? start, out string? end))
            return string.Equals(Key, key, StringComparison.Ordinal);
        return key.Length > start.Length + end.Length
            && key.StartsWith(start, StringComparison.Ordinal) && key.EndsWith(end, StringComparison.Ordinal);
    }

    /// <summary>The key for one name.</summary>
    public string KeyOf(string name) => Key.Replace(Anything, name, StringComparison.Ordinal);

    private bool IsPattern([NotNullWhen(true)] out string? start, [NotNullWhen(true)] out string? end)
    {
        int at = Key.IndexOf(Anything, StringComparison.Ordinal);
        start = at < 0 ? null : Key[..at];
        end = at < 0 ? null : Key[(at + Anything.Length)..];
        return at >= 0;
    }
}
