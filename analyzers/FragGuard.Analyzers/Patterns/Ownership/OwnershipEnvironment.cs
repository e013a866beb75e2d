using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>The facts at one program point: who may hold which site, and what each site's resource may have become.</summary>
internal sealed class OwnershipEnvironment
{
    private readonly Dictionary<Variable, Held> _held;
    private readonly OwnershipStates[] _states;

    public OwnershipEnvironment(int siteCount)
    {
        _held = [];
        _states = new OwnershipStates[siteCount];
    }

    private OwnershipEnvironment(OwnershipEnvironment other)
    {
        _held = new Dictionary<Variable, Held>(other._held);
        _states = (OwnershipStates[])other._states.Clone();
    }

    /// <summary>Grows with every change, so that equal versions mean equal facts.</summary>
    public int Version { get; private set; }

    public OwnershipStates this[int site]
    {
        get => _states[site];
        set
        {
            if (_states[site] == value)
                return;

            _states[site] = value;
            Version++;
        }
    }

    public Held HeldBy(Variable variable) => _held.TryGetValue(variable, out Held held) ? held : Held.Nothing;

    public void Hold(Variable variable, Held held)
    {
        if (HeldBy(variable) == held)
            return;

        Version++;
        if (held.Any)
            _held[variable] = held;
        else
            _held.Remove(variable);
    }

    /// <summary>True when a variable other than the given one may hold the site's resource or, if asked, a view of it.</summary>
    public bool IsHeld(int site, Variable? except, bool orViewed) =>
        _held.Any(pair =>
            pair.Key != except && (((orViewed ? pair.Value.All : pair.Value.Resources) >> site) & 1) != 0);

    public void ReleaseHolders(int site)
    {
        foreach (KeyValuePair<Variable, Held> pair in _held.ToArray())
            Hold(pair.Key, pair.Value.Without(1UL << site));
    }

    public OwnershipEnvironment Clone() => new(this);

    /// <summary>Adds the facts of another path; false when they were all known.</summary>
    public bool Join(OwnershipEnvironment other)
    {
        int version = Version;
        for (int site = 0; site < _states.Length; site++)
            this[site] |= other._states[site];
        foreach (KeyValuePair<Variable, Held> pair in other._held)
            Hold(pair.Key, HeldBy(pair.Key) | pair.Value);
        return Version != version;
    }
}
