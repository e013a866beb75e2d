using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>The figures of pools as a person reads them, unknowns included.</summary>
internal static class PoolWords
{
    public const string Unknown = "?";

    public static string Count(long? count) => count is { } known ? Amounts.Count(known) : Unknown;

    /// <summary>The element's type without its namespace, and its size where the name does not tell it.</summary>
    public static string Element(PoolRow pool)
    {
        string name = pool.ElementType is { } type ? type[(type.LastIndexOfAny(['.', '+'], ArgumentsOf(type)) + 1)..] : "";
        return (name, pool.ElementBytes) switch
        {
            ("", null) => "size unknown",
            ("", { } bytes) => $"{bytes} B each",
            (_, null) => $"{name}, size unknown",
            _ => name,
        };
    }

    /// <summary>
    /// Kind and element, with the pool's identity where these do not name it: of a shared pool there is one for each type.
    /// </summary>
    public static string Name(PoolRow pool) =>
        pool.ElementType is not null && string.Equals(pool.Kind, "shared", System.StringComparison.Ordinal)
            ? $"shared {Element(pool)}"
            : $"{pool.Pool}, {Element(pool)}";

    /// <summary>How many arrays were made, by reason.</summary>
    public static string Misses(PoolRow pool)
    {
        List<string> parts = [];
        void Add(long count, string reason)
        {
            if (count > 0)
                parts.Add($"{Amounts.Count(count)} {reason}");
        }

        Add(pool.AllocatedPooled, "new slot");
        Add(pool.AllocatedPoolExhausted, "empty");
        Add(pool.AllocatedOverMaximumSize, "too long");
        return parts.Count == 0 ? "0" : string.Join(", ", parts);
    }

    /// <summary>What the pool keeps unused: bytes where the element's size is known, else arrays.</summary>
    public static string Idle(PoolRow pool) => pool.IdleBytesAtLeast is { } bytes
        ? Span(Amounts.Bytes(bytes), pool.IdleBytesAtMost is { } most ? Amounts.Bytes(most) : null)
        : Span(Amounts.Count(pool.IdleAtLeast), pool.IdleAtMost is { } arrays ? Amounts.Count(arrays) : null) + " arrays";

    /// <summary>How many arrays the pool keeps at most.</summary>
    public static string Bound(PoolRow pool) => pool.Bound is not { } arrays
        ? Unknown
        : $"{(pool.BoundIsExact ? "" : "≥ ")}{Amounts.Count(arrays)}{(pool.BoundIsPlusOnePerThread ? "+" : "")}";

    /// <summary>What the figures leave open, one sentence each.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<PoolRow> pools)
    {
        List<string> notes = [];
        if (pools.Any(pool => pool.Rented is null))
        {
            notes.Add(
                "Rents and returns were not recorded (level Informational): hits, and what is rented and not returned, are "
                + "unknown.");
        }

        if (pools.Any(pool => pool.ElementBytes is null))
            notes.Add("The events of pools name no element type. Where nothing else did, figures are arrays, not bytes.");
        if (pools.Any(pool => pool.IdleAtMost is null))
        {
            notes.Add(
                "Idle has no upper end where pools were there before the recording or events were lost: what they held "
                + "then is unknown.");
        }

        if (pools.FirstOrDefault(pool => pool is { BoundIsPlusOnePerThread: true, Bound: not null }) is { Bound: { } most })
        {
            notes.Add(
                $"{Amounts.Count(most)}+: a shared pool keeps that many arrays of each length (32 for each processor, unless "
                + "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_* says otherwise) and one more for each thread.");
        }

        if (pools.Any(pool => pool is { Bound: not null, BoundIsExact: false }))
            notes.Add("≥: how many arrays a created pool keeps is not recorded; it is the most slots that were seen in use.");

        if (pools.Any(pool => pool.ReturnedUnseen > 0))
        {
            notes.Add(
                $"{Amounts.Count(pools.Sum(pool => pool.ReturnedUnseen ?? 0))} returned arrays were rented before the "
                + "recording, or returned twice.");
        }

        return notes;
    }

    private static string Span(string least, string? most) =>
        most is null ? $"≥ {least}" : string.Equals(least, most, System.StringComparison.Ordinal) ? least : $"{least} – {most}";

    // A generic type's arguments have dots of their own.
    private static int ArgumentsOf(string type)
    {
        int arguments = type.IndexOf('[', System.StringComparison.Ordinal);
        return arguments > 0 ? arguments : System.Math.Max(0, type.Length - 1);
    }
}
