using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>The flow graphs of one member: its body, its initializers, and every lambda and local function within.</summary>
internal static class OwnershipGraphs
{
    public static IEnumerable<ControlFlowGraph> Of(OperationBlockAnalysisContext context)
    {
        HashSet<ControlFlowGraph> graphs = [];
        foreach (IOperation block in context.OperationBlocks)
        {
            if (HasFlow(block))
                graphs.Add(context.GetControlFlowGraph(block)); // A constructor's blocks share one graph.
        }

        return graphs.SelectMany(WithNested);
    }

    private static bool HasFlow(IOperation block)
    {
        while (block.Parent is not null)
            block = block.Parent;
        return block.Kind is OperationKind.Block or OperationKind.MethodBody or OperationKind.ConstructorBody
            or OperationKind.FieldInitializer or OperationKind.PropertyInitializer or OperationKind.ParameterInitializer;
    }

    private static IEnumerable<ControlFlowGraph> WithNested(ControlFlowGraph graph)
    {
        IEnumerable<ControlFlowGraph> functions =
            graph.LocalFunctions.Select(function => graph.GetLocalFunctionControlFlowGraph(function));
        IEnumerable<ControlFlowGraph> lambdas = graph.Blocks
            .SelectMany(block => block.BranchValue is null ? block.Operations : block.Operations.Add(block.BranchValue))
            .SelectMany(operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>()
            .Select(lambda => graph.GetAnonymousFunctionControlFlowGraph(lambda));
        return functions.Concat(lambdas).SelectMany(WithNested).Prepend(graph);
    }
}
