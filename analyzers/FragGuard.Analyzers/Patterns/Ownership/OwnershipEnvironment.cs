using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>The facts at one program point: who may hold which site, and what each site's resource may have become.</summary>
internal sealed class OwnershipEnvironment
{
    private readonly Dictionary<Variable, Held> _held;
    private readonly OwnershipStates[] _states;
    private readonly OwnershipStates[] _normal;

    public OwnershipEnvironment(int siteCount)
    {
        _held = [];
        _states = new OwnershipStates[siteCount];
        _normal = new OwnershipStates[siteCount];
    }

    private OwnershipEnvironment(OwnershipEnvironment other)
    {
        _held = new Dictionary<Variable, Held>(other._held);
        _states = (OwnershipStates[])other._states.Clone();
        _normal = (OwnershipStates[])other._normal.Clone();
    }

    /// <summary>Grows with every change, so that equal versions mean equal facts.</summary>
    public int Version { get; private set; }

    /// <summary>What the resource may have become on all paths.</summary>
    public OwnershipStates this[int site] => _states[site];

    /// <summary>The same on those paths alone on which no exception was caught since the acquisition.</summary>
    public OwnershipStates OnNormalPaths(int site) => _normal[site];

    public void Set(int site, OwnershipStates states) => Set(site, states, states);

    public void Set(int site, OwnershipStates states, OwnershipStates onNormalPaths)
    {
        if (_states[site] == states && _normal[site] == onNormalPaths)
            return;

        _states[site] = states;
        _normal[site] = onNormalPaths;
        Version++;
    }

    /// <summary>From here on an exception has been thrown.</summary>
    public void LeaveNormalPaths()
    {
        for (int site = 0; site < _states.Length; site++)
            Set(site, _states[site], OwnershipStates.None);
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

    /// <summary>Notes that no variable so far holds the resource that the site acquires now.</summary>
    public void LackNew(int site)
    {
        foreach (KeyValuePair<Variable, Held> pair in _held.ToArray())
            Hold(pair.Key, pair.Value with { Lacks = pair.Value.Lacks | (1UL << site) });
    }

    public OwnershipEnvironment Clone() => new(this);

    /// <summary>Adds the facts of another path; false when they were all known.</summary>
    public bool Join(OwnershipEnvironment other)
    {
        int version = Version;
        ulong acquired = Acquired();
        ulong acquiredByOther = other.Acquired();
        foreach (KeyValuePair<Variable, Held> pair in _held.ToArray())
        {
            if (!other._held.ContainsKey(pair.Key))
                Hold(pair.Key, pair.Value with { Lacks = pair.Value.Lacks | acquiredByOther });
        }

        foreach (KeyValuePair<Variable, Held> pair in other._held)
        {
            Held known = _held.TryGetValue(pair.Key, out Held held) ? held : Held.Nothing with { Lacks = acquired };
            Hold(pair.Key, known | pair.Value);
        }

        for (int site = 0; site < _states.Length; site++)
            Set(site, _states[site] | other._states[site], _normal[site] | other._normal[site]);
        return Version != version;
    }

    private ulong Acquired()
    {
        ulong sites = 0;
        for (int site = 0; site < _states.Length; site++)
        {
            if (_states[site] != OwnershipStates.None)
                sites |= 1UL << site;
        }

        return sites;
    }
}
