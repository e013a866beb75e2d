using System;
using System.Collections.Generic;
using FragGuard.Collector.Sites;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>The distinct stacks and types objects were born with, and the sites they turn out to be.</summary>
internal sealed class AllocationSources
{
    /// <summary>No source, or one too many.</summary>
    public const int Unknown = -1;

    private const int MaxSources = 1 << 16;

    private readonly List<int> _stacks = [];
    private readonly List<string> _types = [];

    // By type, then stack.
    private readonly Dictionary<string, Dictionary<int, int>> _numbers = new(StringComparer.Ordinal);
    private int[] _siteOfSource = [];

    /// <summary>The sites, once resolved.</summary>
    public IReadOnlyList<AllocationSite> Sites { get; private set; } = [];

    public int NumberOf(int stack, string type)
    {
        if (!_numbers.TryGetValue(type, out Dictionary<int, int>? ofType))
            ofType = [];
        if (ofType.TryGetValue(stack, out int number))
            return number;
        if (_stacks.Count >= MaxSources)
            return Unknown;

        _numbers[type] = ofType;
        ofType[stack] = number = _stacks.Count;
        _stacks.Add(stack);
        _types.Add(type);
        return number;
    }

    public void Resolve(SiteResolver resolver)
    {
        Dictionary<AllocationSite, int> numbers = [];
        List<AllocationSite> sites = [];
        _siteOfSource = new int[_stacks.Count];
        for (int i = 0; i < _siteOfSource.Length; i++)
        {
            AllocationSite site = resolver.Resolve(_stacks[i]) with { Type = _types[i] };
            if (!numbers.TryGetValue(site, out int number))
            {
                numbers[site] = number = sites.Count;
                sites.Add(site);
            }

            _siteOfSource[i] = number;
        }

        Sites = sites;
    }

    /// <summary>The stack and type of a source that has a number.</summary>
    public (int Stack, string Type) BornWith(int source) => (_stacks[source], _types[source]);

    /// <summary>Index into <see cref="Sites"/>; −1 for no source.</summary>
    public int SiteOf(int source) => source < 0 ? Unknown : _siteOfSource[source];
}
