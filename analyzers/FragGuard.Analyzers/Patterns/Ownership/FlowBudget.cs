using Microsoft.CodeAnalysis.FlowAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Bounds the block visits of one analysis, all runs of its finally blocks included.</summary>
internal sealed class FlowBudget
{
    private const int VisitsPerBlock = 200;

    private int _visits;

    public FlowBudget(ControlFlowGraph graph) => _visits = graph.Blocks.Length * VisitsPerBlock;

    public bool IsSpent => _visits < 0;

    public bool TryVisit() => --_visits >= 0;
}
