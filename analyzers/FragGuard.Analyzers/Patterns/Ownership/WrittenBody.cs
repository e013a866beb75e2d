using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>A body as it was written, in which the operations of its flow graph are found again.</summary>
internal sealed class WrittenBody
{
    private Dictionary<(OperationKind Kind, SyntaxNode Syntax), IOperation>? _operations;

    public WrittenBody(IOperation root) => Root = root;

    public IOperation Root { get; }

    /// <summary>The operation as written, or null when nothing in the body was written so.</summary>
    public IOperation? Find(IOperation operation) =>
        (_operations ??= Read()).TryGetValue((operation.Kind, operation.Syntax), out IOperation? written) ? written : null;

    private Dictionary<(OperationKind Kind, SyntaxNode Syntax), IOperation> Read()
    {
        Dictionary<(OperationKind Kind, SyntaxNode Syntax), IOperation> operations = [];
        List<IForEachLoopOperation> loops = [];
        foreach (IOperation operation in Root.DescendantsAndSelf())
        {
            Add(operation.Kind, operation);
            if (operation is IForEachLoopOperation loop)
                loops.Add(loop);
        }

        // In the graph a loop calls GetEnumerator where what it runs through is written.
        foreach (IForEachLoopOperation loop in loops)
            Add(OperationKind.Invocation, loop.Collection);
        return operations;

        void Add(OperationKind kind, IOperation operation)
        {
            if (!operations.ContainsKey((kind, operation.Syntax)))
                operations.Add((kind, operation.Syntax), operation);
        }
    }
}
