using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Books what happens to each site's resource in the environment of the moment, and notes it in the journal.</summary>
internal sealed class SiteLedger
{
    private readonly ImmutableArray<OwnershipSite> _sites;
    private readonly OwnershipJournal _journal;
    private Variable? _overwritten;

    public SiteLedger(ImmutableArray<OwnershipSite> sites, OwnershipJournal journal)
    {
        _sites = sites;
        _journal = journal;
        Environment = new OwnershipEnvironment(sites.Length);
    }

    /// <summary>The facts at the operation that is being evaluated.</summary>
    public OwnershipEnvironment Environment { get; set; }

    /// <summary>Which of the runs of a finally block is going on; 0 outside.</summary>
    public int Run { get => _journal.Run; set => _journal.Run = value; }

    public void NoteExit(BasicBlock block, OwnershipEnvironment facts) => _journal.NoteExit(block, facts);

    public void NoteThrown(OwnershipEnvironment facts) => _journal.NoteThrown(facts);

    public Held HeldBy(Variable variable) => Environment.HeldBy(variable);

    public void Hold(Variable variable, Held held) => Environment.Hold(variable, held);

    public bool IsSite(IOperation operation) => IndexOf(operation) >= 0;

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
        int site = IndexOf(acquisition);
        if (site < 0)
            return Held.Nothing;

        OwnershipStates before = Environment[site];
        _journal.Note(OwnershipEventKind.Acquired, acquisition, site, before, isCertain: true);
        if (before == OwnershipStates.Returned)
            Environment.ReleaseHolders(site);

        if (Environment.IsHeld(site, _overwritten, orViewed: true))
        {
            const OwnershipStates added = OwnershipStates.Rented | OwnershipStates.Several;
            Environment.Set(site, before | added, Environment.OnNormalPaths(site) | added);
        }
        else
        {
            _journal.NoteLost(site, before, Environment.OnNormalPaths(site));
            Environment.Set(site, OwnershipStates.Rented);
        }

        Environment.LackNew(site);
        return new Held(1UL << site, Views: 0);
    }

    public void Return(Held held, IOperation by, bool byCallee = false) =>
        Update(held, byCallee ? OwnershipEventKind.ReturnedByCallee : OwnershipEventKind.Returned, OwnershipStates.Returned, by);

    public void Escape(Held held, IOperation by) => Update(held, OwnershipEventKind.Escaped, OwnershipStates.Escaped, by);

    public void Use(Held held, IOperation by) => Update(held, OwnershipEventKind.Used, OwnershipStates.None, by);

    /// <summary>Gives up on the resources: the code that has them now may do anything.</summary>
    public void Lose(Held held)
    {
        foreach (int site in SitesOf(held.All))
            Add(site, OwnershipStates.Unknown);
    }

    /// <summary>Drops the resources of a variable that turned out to be null on this path.</summary>
    public void LearnNull(Variable variable)
    {
        Held held = HeldBy(variable);
        Hold(variable, Held.Nothing);
        foreach (int site in SitesOf(held.Resources))
        {
            // The variable holds the resource wherever there is one, so there is none, and nothing else can hold it.
            bool tellsAll = ((held.Lacks >> site) & 1) == 0
                && (Environment[site] & OwnershipStates.Several) == OwnershipStates.None;
            if (tellsAll)
                Environment.ReleaseHolders(site);
            if (tellsAll || !Environment.IsHeld(site, except: null, orViewed: false))
                Environment.Set(site, OwnershipStates.None);
        }
    }

    private void Update(Held held, OwnershipEventKind kind, OwnershipStates state, IOperation by)
    {
        bool isOnly = (held.All & (held.All - 1)) == 0;
        bool isReturn = state == OwnershipStates.Returned;
        foreach (int site in SitesOf(held.All))
        {
            OwnershipStates before = Environment[site];
            bool isSupposed = ((held.Guesses >> site) & 1) != 0;
            bool isCertain = isOnly && !isSupposed && (before & OwnershipStates.Several) == OwnershipStates.None;
            _journal.Note(kind, by, site, before, isCertain, isPartial: ((held.Lacks >> site) & 1) != 0);
            if (isReturn && isCertain)
                Environment.Set(site, state, Environment.OnNormalPaths(site) == OwnershipStates.None ? OwnershipStates.None : state);
            else
                Add(site, isReturn && isSupposed ? state | OwnershipStates.Unknown : state);
        }
    }

    private void Add(int site, OwnershipStates state)
    {
        OwnershipStates normal = Environment.OnNormalPaths(site);
        Environment.Set(
            site, Environment[site] | state, normal == OwnershipStates.None ? OwnershipStates.None : normal | state);
    }

    private int IndexOf(IOperation acquisition)
    {
        for (int site = 0; site < _sites.Length; site++)
        {
            if (_sites[site].Operation == acquisition)
                return site;
        }

        return -1;
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
