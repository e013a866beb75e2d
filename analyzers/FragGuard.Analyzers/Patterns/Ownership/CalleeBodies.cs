using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What the ownership analyses of all protocols ask of the methods of one compilation that are called, made at most once.</summary>
internal sealed class CalleeBodies
{
    private readonly Compilation _compilation;
    private readonly SourceBodies _bodies;
    private readonly ConcurrentDictionary<IMethodSymbol, ParameterUses?> _uses = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, ControlFlowGraph?> _graphs = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<string, ImmutableArray<IMethodSymbol>> _named = new(StringComparer.Ordinal);

    public CalleeBodies(Compilation compilation, SourceBodies bodies)
    {
        _compilation = compilation;
        _bodies = bodies;
    }

    /// <summary>How the body uses its parameters; null for what has no body of statements or of one expression in source.</summary>
    public ParameterUses? UsesIn(IMethodSymbol method, CancellationToken cancellation) =>
        _uses.TryGetValue(method, out ParameterUses? known)
            ? known
            : _uses.GetOrAdd(method, Of(method, cancellation) is { } body ? new ParameterUses(body) : null);

    /// <summary>The flow graph of the body; null for what <see cref="UsesIn"/> has nothing for.</summary>
    public ControlFlowGraph? GraphOf(IMethodSymbol method, CancellationToken cancellation) =>
        _graphs.TryGetValue(method, out ControlFlowGraph? known)
            ? known
            : _graphs.GetOrAdd(method, Of(method, cancellation) is { } body ? ControlFlowGraph.Create(body, cancellation) : null);

    /// <summary>The methods in source with that name. The compiler looks for them through all declarations.</summary>
    public ImmutableArray<IMethodSymbol> Named(string name, CancellationToken cancellation) =>
        _named.TryGetValue(name, out ImmutableArray<IMethodSymbol> known)
            ? known
            : _named.GetOrAdd(
                name, _compilation.GetSymbolsWithName(name, SymbolFilter.Member, cancellation).OfType<IMethodSymbol>().ToImmutableArray());

    private IMethodBodyOperation? Of(IMethodSymbol method, CancellationToken cancellation) =>
        _bodies.Of(method, cancellation) is IMethodBodyOperation { Parent: null } body ? body : null;
}
