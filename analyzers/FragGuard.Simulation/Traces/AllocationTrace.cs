using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Simulation.Traces;

/// <summary>Ordered events plus the sites and names they refer to. Enumerating twice gives the same events, unless they can be read once.</summary>
public sealed class AllocationTrace
{
    private readonly Func<long, string>? _nameOf;
    private readonly Func<long>? _line;

    /// <param name="events">The events in order; may be lazy, so a trace never needs to be in memory as a whole.</param>
    /// <param name="sites">What <see cref="AllocationEvent.Site"/> indexes.</param>
    /// <param name="nameOf">The text name of a block or key id; its number when null.</param>
    /// <param name="line">1-based line of its source in which the event enumerated last stands.</param>
    public AllocationTrace(
        IEnumerable<AllocationEvent> events,
        IReadOnlyList<AllocationSite>? sites = null,
        Func<long, string>? nameOf = null,
        Func<long>? line = null)
    {
        Events = events;
        Sites = sites ?? Array.Empty<AllocationSite>();
        _nameOf = nameOf;
        _line = line;
    }

    public IEnumerable<AllocationEvent> Events { get; }

    public IReadOnlyList<AllocationSite> Sites { get; }

    /// <summary>Whether the events come from a source, such as a pipe, that can be enumerated only once.</summary>
    public bool IsReadOnce { get; init; }

    /// <summary>1-based line of its source in which the event enumerated last stands; 0 when the source has no lines.</summary>
    public long Line => _line?.Invoke() ?? 0;

    /// <summary>Where in its source the event enumerated last stands, such as "line 12"; null when the source has no places.</summary>
    public string? Whereabouts => Line is > 0 and long line ? "line " + line.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Other events of the same sites and names; they stand nowhere in the source.</summary>
    public AllocationTrace With(IEnumerable<AllocationEvent> events) => new(events, Sites, _nameOf);

    public string NameOf(long id) => _nameOf?.Invoke(id) ?? id.ToString(CultureInfo.InvariantCulture);
}
