using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Bodies and initializers of the compilation's own members, bound on demand and kept.</summary>
internal sealed class SourceBodies
{
    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = new();
    private readonly ConcurrentDictionary<ISymbol, IOperation?> _bodies = new(SymbolEqualityComparer.Default);

    public SourceBodies(Compilation compilation) => _compilation = compilation;

    /// <summary>The body, or null for what has none in source.</summary>
    public IOperation? Of(IMethodSymbol method, CancellationToken cancellation) =>
        _bodies.TryGetValue(method, out IOperation? known) ? known
        : method.DeclaringSyntaxReferences is { Length: 1 } parts
            ? _bodies.GetOrAdd(method, Bind(parts[0].GetSyntax(cancellation), cancellation))
        : null;

    /// <summary>What a field or property is initialized with where it is declared, or null.</summary>
    public IOperation? InitializerOf(ISymbol member, CancellationToken cancellation)
    {
        if (member.DeclaringSyntaxReferences.Length != 1)
            return null;
        EqualsValueClauseSyntax? initializer = member.DeclaringSyntaxReferences[0].GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax field => field.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => null,
        };
        if (initializer is null)
            return null;
        if (!_bodies.TryGetValue(member, out IOperation? bound))
            bound = _bodies.GetOrAdd(member, Bind(initializer, cancellation));
        return (bound as ISymbolInitializerOperation)?.Value;
    }

    /// <summary>What a body returns, nested functions apart; null when it yields instead.</summary>
    public static IReadOnlyList<IOperation>? ReturnedBy(IOperation body)
    {
        List<IOperation> values = [];
        Stack<IOperation> open = new(body.ChildOperations);
        while (open.Count > 0)
        {
            IOperation operation = open.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            if (operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak)
                return null;
            if (operation is IReturnOperation { ReturnedValue: { } value })
                values.Add(value);
            foreach (IOperation child in operation.ChildOperations)
                open.Push(child);
        }

        return values;
    }

    /// <summary>Constructors and init accessors: all that may set a member which is set once.</summary>
    public static ImmutableArray<IMethodSymbol> SettersOf(INamedTypeSymbol type) =>
        [.. type.GetMembers().OfType<IMethodSymbol>().Where(SetsOnce)];

    private static bool SetsOnce(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor || method.IsInitOnly;

    private IOperation? Bind(SyntaxNode syntax, CancellationToken cancellation)
    {
        if (!_compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            return null;
#pragma warning disable RS1030 // The driver hands out the bodies of one type; a helper may live in another one.
        if (!_models.TryGetValue(syntax.SyntaxTree, out SemanticModel? model))
            model = _models.GetOrAdd(syntax.SyntaxTree, _compilation.GetSemanticModel(syntax.SyntaxTree));
#pragma warning restore RS1030
        return model.GetOperation(syntax, cancellation);
    }
}
