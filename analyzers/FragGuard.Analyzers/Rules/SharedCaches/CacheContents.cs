using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>All rules about what one outermost type puts into a cache: its operations are read once for all of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class CacheContents : FragGuardAnalyzer
{
    private readonly CacheTrafficRule[] _rules;

    public CacheContents()
        : this(
            new DoNotMixEntrySizesInOneCache(),
            new DoNotMixLifetimesInOneZone(),
            new PutEntriesIntoTheGroupTheyBelongTo(),
            new DoNotReplaceLargeObjectsInACache())
    {
    }

    public CacheContents(params CacheTrafficRule[] rules)
        : base(rules.Select(rule => rule.Descriptor).ToArray()) => _rules = rules;

    private protected override void Register(CompilationStartAnalysisContext context, KnownSymbols symbols)
    {
        if (!CacheMentions.MayBeAny(symbols, context.Options, context.CancellationToken))
            return;
        CachePutReader reader = new(symbols);
        SourceBodies bodies = symbols.Bodies;
        AnalyzerOptions options = context.Options;
        bool hasAdditionalTypes = symbols.NamesAnywhere(options, CachePutReader.AdditionalTypesKey).Length > 0;
        Once<CacheMentions> mentions = new(current => new(symbols, options, current));
        Once<CacheTrafficRule[]> ofUse = new(current =>
            [.. _rules.Where(rule => IsOn(rule, symbols, mentions.Get(current), current) && rule.IsOfUse(symbols))]);
        ConcurrentDictionary<ISymbol, CacheTraffic> open = new(SymbolEqualityComparer.Default);
        context.RegisterSymbolStartAction(
            start =>
            {
                // A nested type sees the private caches around it, and ends before the type that contains it does.
                ISymbol outermost = Outermost(start.Symbol);
                if (!mentions.Get(start.CancellationToken).Around((INamedTypeSymbol)outermost))
                    return;
                CacheTrafficRule[] rules = ofUse.Get(start.CancellationToken);
                if (rules.Length == 0)
                    return;
                CacheTraffic traffic = open.GetOrAdd(
                    outermost, _ => new CacheTraffic(reader, canAnnotate: symbols[CacheAnnotations.SharedCache] is not null));
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
                    Analyze(end, traffic, bodies, symbols, rules);
                });
            },
            SymbolKind.NamedType);
    }

    private static bool IsOn(CacheTrafficRule rule, KnownSymbols symbols, CacheMentions mentions, CancellationToken cancellation) =>
        RuleSwitch.IsOn(
            ImmutableArray.Create(rule.Descriptor), symbols.Compilation, symbols.Mentions(cancellation), mentions.WordsOfReports, cancellation);

    private static ISymbol Outermost(ISymbol type)
    {
        while (type.ContainingType is { } container)
            type = container;
        return type;
    }

    private static void Analyze(SymbolAnalysisContext context, CacheTraffic traffic, SourceBodies bodies, KnownSymbols symbols, CacheTrafficRule[] rules)
    {
        if (traffic.IsEmpty)
            return;
        DeclaredSizes? declared = symbols[CacheAnnotations.EntrySize] is { } attribute ? new(attribute) : null;
        CacheSources sources = new(symbols, bodies, new SizeInference(bodies, context.CancellationToken, declared), declared);
        foreach (IGrouping<ISymbol, CachePutSite> sites in traffic.Sites(sources))
        {
            CacheEntrySizes entries = new(sites.Key, sites);
            foreach (CacheTrafficRule rule in rules)
                rule.Analyze(context, entries, sources);
        }
    }
}
