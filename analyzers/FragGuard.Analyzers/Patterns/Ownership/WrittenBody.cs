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
        foreach (IOperation operation in Root.DescendantsAndSelf())
        {
            if (!operations.ContainsKey((operation.Kind, operation.Syntax)))
                operations.Add((operation.Kind, operation.Syntax), operation);
        }

        return operations;
    }
}
