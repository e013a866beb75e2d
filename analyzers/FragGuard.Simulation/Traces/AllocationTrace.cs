using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Simulation.Traces;

/// <summary>Ordered events plus the sites and names they refer to. Enumerating twice gives the same events.</summary>
public sealed class AllocationTrace
{
    private readonly Func<long, string>? _nameOf;
    private readonly Func<string>? _whereabouts;

    /// <param name="events">The events in order; may be lazy, so a trace never needs to be in memory as a whole.</param>
    /// <param name="sites">What <see cref="AllocationEvent.Site"/> indexes.</param>
    /// <param name="nameOf">The text name of a block or key id while it is live; its number when null.</param>
    /// <param name="whereabouts">Where in its source the event enumerated last stands, such as "line 12".</param>
    public AllocationTrace(
        IEnumerable<AllocationEvent> events,
        IReadOnlyList<AllocationSite>? sites = null,
        Func<long, string>? nameOf = null,
        Func<string>? whereabouts = null)
    {
        Events = events;
        Sites = sites ?? Array.Empty<AllocationSite>();
        _nameOf = nameOf;
        _whereabouts = whereabouts;
    }

    public IEnumerable<AllocationEvent> Events { get; }

    public IReadOnlyList<AllocationSite> Sites { get; }

    /// <summary>Where in its source the event enumerated last stands; null when the source has no places.</summary>
    public string? Whereabouts => _whereabouts?.Invoke();

    public string NameOf(long id) => _nameOf?.Invoke(id) ?? id.ToString(CultureInfo.InvariantCulture);
}
