using System.Collections;
using System.Collections.Generic;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>The sites a workload has named so far; grows while the workload is read.</summary>
internal sealed class SiteTable : IReadOnlyList<AllocationSite>
{
    private readonly WordTable _names = new();
    private readonly List<AllocationSite> _sites = new();

    public int Count => _sites.Count;

    public AllocationSite this[int index] => _sites[index];

    /// <summary>The number of the site that a part of a text names, a new one if need be.</summary>
    public int NumberOf(byte[] text, int start, int length)
    {
        int number = _names.NumberOf(text, start, length);
        if (number == _sites.Count)
            _sites.Add(new AllocationSite(_names[number]));
        return number;
    }

    public IEnumerator<AllocationSite> GetEnumerator() => _sites.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
