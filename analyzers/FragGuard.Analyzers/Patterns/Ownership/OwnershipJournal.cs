using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// Gathers events while the analysis iterates. States only grow until the fixpoint, so the union of what was seen is
/// what the fixpoint would show; nothing is reported from here before the analysis has ended.
/// </summary>
internal sealed class OwnershipJournal
{
    private readonly ImmutableArray<IOperation> _sites;
    private readonly Dictionary<(OwnershipEventKind Kind, IOperation Operation, int Site), int> _indices = [];
    private readonly List<OwnershipEvent> _events = [];
    private readonly OwnershipStates[] _lost;

    public OwnershipJournal(ImmutableArray<IOperation> sites)
    {
        _sites = sites;
        _lost = new OwnershipStates[sites.Length];
    }

    public void Note(OwnershipEventKind kind, IOperation operation, int site, OwnershipStates before, bool isCertain)
    {
        if (_indices.TryGetValue((kind, operation, site), out int index))
        {
            OwnershipEvent known = _events[index];
            _events[index] = known with { Before = known.Before | before, IsCertain = known.IsCertain && isCertain };
            return;
        }

        _indices.Add((kind, operation, site), _events.Count);
        _events.Add(new OwnershipEvent(kind, _sites[site], operation, before, isCertain));
    }

    /// <summary>Notes that nothing refers to the site's last resource any more.</summary>
    public void NoteLost(int site, OwnershipStates states) => _lost[site] |= states;

    public OwnershipFacts Close(OwnershipEnvironment? atExit) =>
        new(
            _sites.Select((site, index) => new OwnershipFate(
                site, (_lost[index] | (atExit?[index] ?? OwnershipStates.None)) & ~OwnershipStates.Several)).ToImmutableArray(),
            _events.ToImmutableArray());
}
