using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// Gathers events while the analysis iterates. States only grow until the fixpoint, so the union of what was seen is
/// what the fixpoint would show; nothing is reported from here before the analysis has ended.
/// </summary>
internal sealed class OwnershipJournal
{
    private readonly ImmutableArray<OwnershipSite> _sites;
    private readonly Dictionary<(OwnershipEventKind Kind, IOperation Operation, int Site), Entry> _entries = [];
    private readonly List<Entry> _inOrder = [];
    private readonly OwnershipStates[] _lost;
    private readonly OwnershipStates[] _lostNormally;
    private readonly OwnershipStates[] _thrown;
    private readonly HashSet<BasicBlock>[] _leaks;

    public OwnershipJournal(ImmutableArray<OwnershipSite> sites)
    {
        _sites = sites;
        _lost = new OwnershipStates[sites.Length];
        _lostNormally = new OwnershipStates[sites.Length];
        _thrown = new OwnershipStates[sites.Length];
        _leaks = sites.Select(_ => new HashSet<BasicBlock>()).ToArray();
    }

    /// <summary>Which of the runs of a finally block is going on; 0 outside.</summary>
    public int Run { get; set; }

    public void Note(
        OwnershipEventKind kind, IOperation operation, int site, OwnershipStates before, bool isCertain, bool isPartial = false)
    {
        if (!_entries.TryGetValue((kind, operation, site), out Entry? entry))
        {
            entry = new Entry(new OwnershipEvent(kind, _sites[site].Operation, operation, before, isCertain));
            _entries.Add((kind, operation, site), entry);
            _inOrder.Add(entry);
        }

        entry.Add(Run, before, isCertain, isPartial);
    }

    /// <summary>Notes that nothing refers to the site's last resource any more.</summary>
    public void NoteLost(int site, OwnershipStates states, OwnershipStates onNormalPaths)
    {
        _lost[site] |= states;
        _lostNormally[site] |= onNormalPaths;
    }

    /// <summary>Notes the facts with which a block leaves the method normally.</summary>
    public void NoteExit(BasicBlock block, OwnershipEnvironment facts)
    {
        for (int site = 0; site < _sites.Length; site++)
        {
            if ((facts.OnNormalPaths(site) & OwnershipStates.Rented) != OwnershipStates.None)
                _leaks[site].Add(block);
        }
    }

    /// <summary>Notes the facts with which an exception leaves the method.</summary>
    public void NoteThrown(OwnershipEnvironment facts)
    {
        for (int site = 0; site < _sites.Length; site++)
            _thrown[site] |= facts[site];
    }

    public OwnershipFacts Close(OwnershipEnvironment? atExit) =>
        new(
            _sites.Select((site, index) => Fate(site, index, atExit)).ToImmutableArray(),
            _inOrder.Select(entry => entry.Close()).ToImmutableArray());

    private OwnershipFate Fate(OwnershipSite site, int index, OwnershipEnvironment? atExit)
    {
        OwnershipStates atEnd = _lost[index] | (atExit?[index] ?? OwnershipStates.None);
        OwnershipStates normal = _lostNormally[index] | (atExit?.OnNormalPaths(index) ?? OwnershipStates.None);
        return new OwnershipFate(site.Operation, atEnd & ~OwnershipStates.Several)
        {
            Origin = site.Origin,
            AtNormalEnd = normal & ~OwnershipStates.Several,
            AtThrow = _thrown[index] & ~OwnershipStates.Several,
            IsCertain = (atEnd & OwnershipStates.Several) == OwnershipStates.None,
            LeakingExits = _leaks[index].ToImmutableArray(),
        };
    }

    /// <summary>One event, with what was seen in each run of the finally block that it stands in.</summary>
    private sealed class Entry
    {
        private readonly Dictionary<int, OwnershipStates> _runs = [];
        private OwnershipEvent _event;

        public Entry(OwnershipEvent first) => _event = first;

        public void Add(int run, OwnershipStates before, bool isCertain, bool isPartial)
        {
            _event = _event with
            {
                Before = _event.Before | before,
                IsCertain = _event.IsCertain && isCertain,
                IsPartial = _event.IsPartial || isPartial,
            };
            _runs[run] = _runs.TryGetValue(run, out OwnershipStates known) ? known | before : before;
        }

        public OwnershipEvent Close() => _event with { BeforeInRuns = _runs.Values.ToImmutableArray() };
    }
}
