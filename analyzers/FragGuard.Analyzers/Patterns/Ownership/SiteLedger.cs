using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Books what happens to each site's resource in the environment of the moment, and notes it in the journal.</summary>
internal sealed class SiteLedger
{
    private readonly ImmutableArray<IOperation> _sites;
    private readonly OwnershipJournal _journal;
    private Variable? _overwritten;

    public SiteLedger(ImmutableArray<IOperation> sites, OwnershipJournal journal)
    {
        _sites = sites;
        _journal = journal;
        Environment = new OwnershipEnvironment(sites.Length);
    }

    /// <summary>The facts at the operation that is being evaluated.</summary>
    public OwnershipEnvironment Environment { get; set; }

    public Held HeldBy(Variable variable) => Environment.HeldBy(variable);

    public void Hold(Variable variable, Held held) => Environment.Hold(variable, held);

    /// <summary>Evaluates a value that is about to replace what the variable holds.</summary>
    public Held Overwriting(Variable? variable, Func<Held> evaluate)
    {
        Variable? outer = _overwritten;
        _overwritten = variable;
        Held value = evaluate();
        _overwritten = outer;
        return value;
    }

    public Held Acquire(IOperation acquisition)
    {
        int site = _sites.IndexOf(acquisition);
        if (site < 0)
            return Held.Nothing;

        OwnershipStates before = Environment[site];
        _journal.Note(OwnershipEventKind.Acquired, acquisition, site, before, isCertain: true);
        if (before == OwnershipStates.Returned)
            Environment.ReleaseHolders(site);

        if (Environment.IsHeld(site, _overwritten, orViewed: true))
        {
            Environment[site] = before | OwnershipStates.Rented | OwnershipStates.Several;
        }
        else
        {
            _journal.NoteLost(site, before);
            Environment[site] = OwnershipStates.Rented;
        }

        return new Held(1UL << site, Views: 0);
    }

    public void Return(Held held, IOperation by) =>
        Update(held.All, OwnershipEventKind.Returned, OwnershipStates.Returned, by, replaces: true);

    public void Escape(Held held, IOperation by) =>
        Update(held.All, OwnershipEventKind.Escaped, OwnershipStates.Escaped, by, replaces: false);

    public void Use(Held held, IOperation by) =>
        Update(held.All, OwnershipEventKind.Used, OwnershipStates.None, by, replaces: false);

    /// <summary>Gives up on the resources: the code that has them now may do anything.</summary>
    public void Lose(Held held)
    {
        foreach (int site in SitesOf(held.All))
            Environment[site] |= OwnershipStates.Unknown;
    }

    /// <summary>Drops the resources of a variable that turned out to be null on this path.</summary>
    public void LearnNull(Variable variable)
    {
        Held held = HeldBy(variable);
        Hold(variable, Held.Nothing);
        foreach (int site in SitesOf(held.Resources))
        {
            if (!Environment.IsHeld(site, except: null, orViewed: false))
                Environment[site] = OwnershipStates.None;
        }
    }

    private void Update(ulong sites, OwnershipEventKind kind, OwnershipStates state, IOperation by, bool replaces)
    {
        bool isOnly = (sites & (sites - 1)) == 0;
        foreach (int site in SitesOf(sites))
        {
            OwnershipStates before = Environment[site];
            bool isCertain = isOnly && (before & OwnershipStates.Several) == OwnershipStates.None;
            _journal.Note(kind, by, site, before, isCertain);
            Environment[site] = replaces && isCertain ? state : before | state;
        }
    }

    private static IEnumerable<int> SitesOf(ulong sites)
    {
        for (int site = 0; sites >> site != 0 && site < 64; site++)
        {
            if (((sites >> site) & 1) != 0)
                yield return site;
        }
    }
}
