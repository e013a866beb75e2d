using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>One flow graph of a member that acquires resources, with what the analysis found in it.</summary>
/// <param name="Compilation">The compilation of the member.</param>
/// <param name="Protocol">Which calls acquire and which give back.</param>
/// <param name="Owner">The method, or the member whose initializer it is.</param>
/// <param name="Graph">The member's body, or that of a lambda or local function in it.</param>
/// <param name="Facts">What becomes of the resources that the member acquires itself.</param>
/// <param name="Options">The options of the file.</param>
/// <param name="Report">Reports one finding.</param>
internal sealed record OwnershipMember<TProtocol>(
    Compilation Compilation,
    TProtocol Protocol,
    ISymbol Owner,
    ControlFlowGraph Graph,
    OwnershipFacts Facts,
    AnalyzerConfigOptions Options,
    Action<Diagnostic> Report)
    where TProtocol : class, IOwnershipProtocol
{
    /// <summary>The body as written, before it was lowered to a graph.</summary>
    public IOperation Body => Graph.OriginalOperation;

    /// <summary>The same, to find the operations of the graph in.</summary>
    public WrittenBody Written { get; } = new(Graph.OriginalOperation);

    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// The facts of <see cref="Facts"/>, of resources that the member acquired by other means or only gives back, and of
    /// what the methods do that it calls.
    /// </summary>
    public OwnershipFacts AllFacts { get; init; } = Facts;
}
