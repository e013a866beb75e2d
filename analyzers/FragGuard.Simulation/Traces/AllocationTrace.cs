using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Simulation.Traces;

/// <summary>Ordered events plus the sites and names they refer to. Enumerating twice gives the same events.</summary>
public class AllocationTrace
{
    private readonly Func<long, string>? _nameOf;

    /// <param name="events">The events in order; may be lazy, so a trace never needs to be in memory as a whole.</param>
    /// <param name="sites">What <see cref="AllocationEvent.Site"/> indexes.</param>
    /// <param name="nameOf">The text name of a block or key id; its number when null.</param>
    public AllocationTrace(
        IEnumerable<AllocationEvent> events,
        IReadOnlyList<AllocationSite>? sites = null,
        Func<long, string>? nameOf = null)
    {
        Events = events;
        Sites = sites ?? Array.Empty<AllocationSite>();
        _nameOf = nameOf;
    }

    public IEnumerable<AllocationEvent> Events { get; }

    public IReadOnlyList<AllocationSite> Sites { get; }

    public string NameOf(long id) => _nameOf?.Invoke(id) ?? id.ToString(CultureInfo.InvariantCulture);
}
