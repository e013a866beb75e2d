using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// A forward may-analysis over the control flow graph of one method: what may have become of every resource it acquires.
/// Keyed by acquisition site, so that a resource keeps its identity under any number of names.
/// </summary>
internal static class OwnershipAnalysis
{
    public const int MaximumBlocks = 2000;
    public const int MaximumSites = 64; // One bit each in Held.

    /// <summary>The facts, or null when the method is too large or too strange to be judged.</summary>
    /// <param name="graph">The body of the method.</param>
    /// <param name="owner">The method, or the member whose initializer it is.</param>
    /// <param name="protocol">Which calls acquire and which give back.</param>
    /// <param name="callees">Which methods take over what they are passed.</param>
    /// <param name="followed">A parameter to follow as site 0, as if it were acquired at entry.</param>
    public static OwnershipFacts? Run(
        ControlFlowGraph graph,
        ISymbol owner,
        IOwnershipProtocol protocol,
        CalleeOwnership callees,
        IParameterSymbol? followed = null)
    {
        ImmutableArray<OwnershipSite> sites = OwnershipSites.Of(graph, protocol, adopts: followed is null);
        if (followed is not null)
            sites = sites.Insert(0, new OwnershipSite(graph.OriginalOperation, OwnershipOrigin.Adopted));
        if (graph.Blocks.Length > MaximumBlocks || sites.Length > MaximumSites)
            return null;
        if (sites.IsEmpty)
            return new OwnershipFacts([], []);

        OwnershipJournal journal = new(sites);
        SiteLedger ledger = new(sites, journal);
        CapturedVariables captured = CapturedVariables.In(Outermost(graph).OriginalOperation, owner);
        FlowBudget budget = new(graph);
        OwnershipTransfer transfer = new(ledger, budget, protocol, callees, captured, new FlowCaptures(graph));
        OwnershipEnvironment atEntry = new(sites.Length);
        if (followed is not null)
        {
            bool isCaptured = captured.Contains(followed);
            atEntry.Set(0, isCaptured ? OwnershipStates.Rented | OwnershipStates.Escaped : OwnershipStates.Rented);
            atEntry.Hold(
                Variable.Of(followed),
                protocol.Types.IsView(followed.Type) ? new Held(0, Views: 1) : new Held(Resources: 1, 0));
        }

        for (int site = 0; site < sites.Length; site++)
        {
            if (followed is not null || sites[site].Operation is not IParameterReferenceOperation { Parameter: { } given })
                continue;

            atEntry.Set(site, OwnershipStates.Rented);
            if (!captured.Contains(given))
                atEntry.Hold(Variable.Of(given), new Held(1UL << site, Views: 0));
        }

        FlowRun run = new(graph, ledger, transfer, budget, resultsEscape: followed is null);
        OwnershipEnvironment? atExit = callees.CalledFrom(graph, () => run.Run(atEntry));
        return budget.IsSpent ? null : journal.Close(atExit);
    }

    private static ControlFlowGraph Outermost(ControlFlowGraph graph)
    {
        while (graph.Parent is not null)
            graph = graph.Parent;
        return graph;
    }
}
