using System.Collections.Concurrent;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Base of the rules that judge a cache by everything that one outermost type puts into it.</summary>
public abstract class CacheTrafficRule : FragGuardAnalyzer
{
    private protected CacheTrafficRule(params DiagnosticDescriptor[] descriptors)
        : base(descriptors)
    {
    }

    private protected sealed override void Register(CompilationStartAnalysisContext context, KnownSymbols symbols)
    {
        if (!IsOfUse(symbols))
            return;
        CachePutReader reader = new(symbols);
        CacheMentions mentions = new(symbols, context.Options, context.CancellationToken);
        if (!mentions.Any)
            return;
        SourceBodies bodies = symbols.Bodies;
        bool canAnnotate = symbols[CacheAnnotations.SharedCache] is not null;
        bool hasAdditionalTypes = symbols.NamesAnywhere(context.Options, CachePutReader.AdditionalTypesKey).Any();
        ConcurrentDictionary<ISymbol, CacheTraffic> open = new(SymbolEqualityComparer.Default);
        context.RegisterSymbolStartAction(
            start =>
            {
                // A nested type sees the private caches around it, and ends before the type that contains it does.
                ISymbol outermost = Outermost(start.Symbol);
                if (!mentions.Around((INamedTypeSymbol)outermost))
                    return;
                CacheTraffic traffic = open.GetOrAdd(outermost, _ => new CacheTraffic(reader, canAnnotate));
                start.RegisterOperationAction(
                    operation => traffic.Add(
                        operation.Operation,
                        operation.ContainingSymbol,
                        hasAdditionalTypes
                            ? operation.Options.AnalyzerConfigOptionsProvider.GetOptions(operation.Operation.Syntax.SyntaxTree)
                            : null),
                    OperationKind.Invocation,
                    OperationKind.SimpleAssignment,
                    OperationKind.CoalesceAssignment);
                if (start.Symbol.ContainingType is not null)
                    return;
                start.RegisterSymbolEndAction(end =>
                {
                    open.TryRemove(outermost, out _);
                    Analyze(end, traffic, bodies, symbols);
                });
            },
            SymbolKind.NamedType);
    }

    /// <summary>False when the compilation does not reference what the rule watches.</summary>
    private protected virtual bool IsOfUse(KnownSymbols symbols) => true;

    /// <summary>Judges one cache.</summary>
    private protected abstract void Analyze(SymbolAnalysisContext context, CacheEntrySizes entries, CacheSources sources);

    private static ISymbol Outermost(ISymbol type)
    {
        while (type.ContainingType is { } container)
            type = container;
        return type;
    }

    private void Analyze(SymbolAnalysisContext context, CacheTraffic traffic, SourceBodies bodies, KnownSymbols symbols)
    {
        if (traffic.IsEmpty)
            return;
        DeclaredSizes? declared = symbols[CacheAnnotations.EntrySize] is { } attribute ? new(attribute) : null;
        CacheSources sources = new(symbols, bodies, new SizeInference(bodies, context.CancellationToken, declared), declared);
        foreach (IGrouping<ISymbol, CachePutSite> sites in traffic.Sites(sources))
            Analyze(context, new CacheEntrySizes(sites.Key, sites), sources);
    }
}
