using Microsoft.CodeAnalysis.FlowAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// Bounds the block visits of one analysis, all runs of its finally blocks included, and how deep it follows expressions.
/// </summary>
internal sealed class FlowBudget
{
    private const int VisitsPerBlock = 200;

    /// <summary>
    /// Five times this, for a member and the calls that are followed from it, fits on the stack of 1 MB that a compiler's thread has
    /// at least.
    /// </summary>
    private const int MaximumNesting = 300;

    private int _visits;
    private int _nesting;

    public FlowBudget(ControlFlowGraph graph) => _visits = graph.Blocks.Length * VisitsPerBlock;

    public bool IsSpent => _visits < 0;

    public bool TryVisit() => --_visits >= 0;

    /// <summary>Goes one operand deeper; false, with the budget spent, where that is too deep.</summary>
    public bool TryDescend()
    {
        if (_nesting == MaximumNesting)
            _visits = -1;
        if (IsSpent)
            return false;

        _nesting++;
        return true;
    }

    public void Ascend() => _nesting--;
}
