using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// Iterates over the blocks of a method, or of one finally region, until nothing new is learnt. The graph has no edges
/// into finally and catch: a finally region is run once for every branch that leaves its try, and the facts before every
/// operation that may throw are joined into the handlers around it.
/// </summary>
internal sealed class FlowRun
{
    private readonly ControlFlowGraph _graph;
    private readonly SiteLedger _ledger;
    private readonly OwnershipTransfer _transfer;
    private readonly FlowBudget _budget;
    private readonly bool _resultsEscape;
    private readonly ControlFlowRegion _region;
    private readonly FlowRun? _parent;
    private readonly int _number;
    private readonly OwnershipEnvironment?[] _inputs;
    private readonly SortedSet<int> _pending = [];
    private OwnershipEnvironment? _atEnd;

    public FlowRun(
        ControlFlowGraph graph, SiteLedger ledger, OwnershipTransfer transfer, FlowBudget budget, bool resultsEscape)
        : this(graph, ledger, transfer, budget, resultsEscape, graph.Root, parent: null, number: 0)
    {
    }

    private FlowRun(
        ControlFlowGraph graph,
        SiteLedger ledger,
        OwnershipTransfer transfer,
        FlowBudget budget,
        bool resultsEscape,
        ControlFlowRegion region,
        FlowRun? parent,
        int number)
    {
        _graph = graph;
        _ledger = ledger;
        _transfer = transfer;
        _budget = budget;
        _resultsEscape = resultsEscape;
        _region = region;
        _parent = parent;
        _number = number;
        _inputs = new OwnershipEnvironment?[region.LastBlockOrdinal - region.FirstBlockOrdinal + 1];
    }

    /// <summary>The facts where the region ends normally, or null when it never does.</summary>
    public OwnershipEnvironment? Run(OwnershipEnvironment start)
    {
        Join(_region.FirstBlockOrdinal, start);
        while (_pending.Count > 0)
        {
            int ordinal = _pending.Min;
            _pending.Remove(ordinal);
            if (!_budget.TryVisit())
                return null;

            Visit(_graph.Blocks[ordinal], _inputs[ordinal - _region.FirstBlockOrdinal]!.Clone());
        }

        return _parent is null ? _inputs[_inputs.Length - 1] : _atEnd;
    }

    private void Visit(BasicBlock block, OwnershipEnvironment facts)
    {
        bool isGuarded = _transfer.JudgesThrows || IsGuarded(block.EnclosingRegion);
        int thrownVersion = -1;
        foreach (IOperation operation in block.Operations)
        {
            Throw(operation);
            Enter(facts);
            _transfer.Evaluate(operation);
        }

        if (block.BranchValue is { } value)
        {
            Throw(value);
            Enter(facts);
            Held held = _transfer.Evaluate(value);
            if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return && _resultsEscape)
                _ledger.Escape(held, value);
        }

        if (block.ConditionalSuccessor is { } conditional)
        {
            bool outcome = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            FollowWhen(outcome, conditional, block.BranchValue!, facts.Clone());
            FollowWhen(!outcome, block.FallThroughSuccessor, block.BranchValue!, facts);
            return;
        }

        Follow(block.FallThroughSuccessor, facts);

        void Throw(IOperation operation)
        {
            if (!isGuarded || thrownVersion == facts.Version || !MayThrow(operation))
                return;

            thrownVersion = facts.Version;
            JoinHandlers(block, facts.Clone());
        }
    }

    private void FollowWhen(bool outcome, ControlFlowBranch? branch, IOperation condition, OwnershipEnvironment facts)
    {
        if (condition.ConstantValue is { HasValue: true, Value: bool always } && always != outcome)
            return;

        Refine(facts, condition, outcome);
        Follow(branch, facts);
    }

    private void Follow(ControlFlowBranch? branch, OwnershipEnvironment facts)
    {
        if (branch is null)
            return;

        if (branch.Destination is null)
        {
            if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling
                && NearestFinallyOrFilter(branch.Source.EnclosingRegion) == _region)
            {
                _atEnd = JoinedWith(_atEnd, facts);
            }

            if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
                JoinHandlers(branch.Source, facts);
            return;
        }

        OwnershipEnvironment? after = facts;
        foreach (ControlFlowRegion region in branch.FinallyRegions)
        {
            after = RunFinally(region, after, (branch.Source.Ordinal * 2) + (branch.IsConditionalSuccessor ? 2 : 1));
            if (after is null)
                return;
        }

        foreach (ControlFlowRegion region in branch.LeavingRegions)
        {
            foreach (ILocalSymbol local in region.Locals)
                after.Hold(Variable.Of(local), Held.Nothing);
            foreach (CaptureId capture in region.CaptureIds)
                after.Hold(Variable.Of(capture), Held.Nothing);
        }

        if (branch.Destination.Kind == BasicBlockKind.Exit)
            _ledger.NoteExit(branch.Source, after);
        Join(branch.Destination.Ordinal, after);
    }

    private void Enter(OwnershipEnvironment facts)
    {
        _ledger.Environment = facts;
        _ledger.Run = _number;
    }

    /// <summary>Takes the facts of a path that throws to the handlers around, or out of the method.</summary>
    private void JoinHandlers(BasicBlock thrower, OwnershipEnvironment facts)
    {
        facts.LeaveNormalPaths();
        for (ControlFlowRegion? region = thrower.EnclosingRegion;
            region is { Kind: not ControlFlowRegionKind.Root };
            region = region.EnclosingRegion)
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } statement })
                continue;

            if (statement.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                if (RunFinally(statement.NestedRegions.Last(), facts, -thrower.Ordinal) is not { } after)
                    return;

                facts = after;
                continue;
            }

            foreach (ControlFlowRegion handler in statement.NestedRegions.Skip(1))
                Join(handler.FirstBlockOrdinal, facts);
            if (statement.NestedRegions.Any(CatchesAll))
                return;
        }

        _ledger.NoteThrown(facts);
    }

    /// <summary>Runs a finally region for one reason to enter it, which tells this run from others.</summary>
    private OwnershipEnvironment? RunFinally(ControlFlowRegion region, OwnershipEnvironment facts, int reason) =>
        new FlowRun(
            _graph, _ledger, _transfer, _budget, _resultsEscape, region, this, unchecked((_number * 8191) + reason)).Run(facts);

    private void Join(int ordinal, OwnershipEnvironment facts)
    {
        int index = ordinal - _region.FirstBlockOrdinal;
        if (index < 0 || index >= _inputs.Length)
        {
            _parent?.Join(ordinal, facts);
            return;
        }

        if (_inputs[index] is null)
            _inputs[index] = facts.Clone();
        else if (!_inputs[index]!.Join(facts))
            return;

        _pending.Add(ordinal);
    }

    private void Refine(OwnershipEnvironment facts, IOperation condition, bool outcome)
    {
        if (NullCheck.From(condition) is not { } check || check.IsNullWhen != outcome)
            return;
        if (OwnershipTransfer.VariableOf(check.Tested) is not { } variable)
            return;

        Enter(facts);
        foreach (ISymbol named in check.Match is null ? [] : NullCheck.NamedBy(check.Match))
            _ledger.Hold(Variable.Of(named), Held.Nothing);
        foreach (Variable alias in _transfer.AliasesOf(check.Tested, variable))
            _ledger.LearnNull(alias);
    }

    private static OwnershipEnvironment JoinedWith(OwnershipEnvironment? known, OwnershipEnvironment facts)
    {
        if (known is null)
            return facts.Clone();

        known.Join(facts);
        return known;
    }

    /// <summary>
    /// True inside a try with a catch; a finally that nobody continues after an exception is of no interest. The root of a
    /// lambda or local function ends the search: the regions around it belong to another graph.
    /// </summary>
    private static bool IsGuarded(ControlFlowRegion? region)
    {
        for (; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion.Kind: ControlFlowRegionKind.TryAndCatch })
                return true;
        }

        return false;
    }

    private static ControlFlowRegion? NearestFinallyOrFilter(ControlFlowRegion? region)
    {
        while (region is not null && region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
            region = region.EnclosingRegion;
        return region;
    }

    private static bool CatchesAll(ControlFlowRegion region) =>
        region.Kind == ControlFlowRegionKind.Catch
        && (region.ExceptionType is null or { SpecialType: SpecialType.System_Object }
            || region.ExceptionType is { Name: "Exception", ContainingNamespace: { Name: "System" } });

    /// <summary>False for moves between variables, for acquiring and for giving back, which are trusted not to fail.</summary>
    private bool MayThrow(IOperation operation)
    {
        // A sum of many terms is nested as deep as it is long.
        while (operation is IBinaryOperation { OperatorMethod: null } binary)
        {
            if (MayThrow(binary.RightOperand))
                return true;
            operation = binary.LeftOperand;
        }

        return operation switch
        {
            IExpressionStatementOperation statement => MayThrow(statement.Operation),
            ISimpleAssignmentOperation assignment => MayThrow(assignment.Target) || MayThrow(assignment.Value),
            IFlowCaptureOperation capture => MayThrow(capture.Value),
            IConversionOperation { OperatorMethod: null } conversion => MayThrow(conversion.Operand),
            IInvocationOperation call => (!_transfer.GivesBack(call) && !_transfer.Acquires(call))
                || call.Arguments.Any(argument => MayThrow(argument.Value)),
            ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or ILiteralOperation
                or IDefaultValueOperation or IInstanceReferenceOperation or IIsNullOperation or IDiscardOperation
                or IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } => false,
            IIsPatternOperation match => MayThrow(match.Value),
            _ => true,
        };
    }
}
