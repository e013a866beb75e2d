using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>FG1004: a cache that nothing bounds: no limit, no expiry, no removal.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GiveCachesALimitOrAnExpiry : FragGuardAnalyzer
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG1004";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "A cache has neither a limit nor an expiry",
        message: "Cache '{0}' grows with every new key{1}: it has no limit, its entries do not expire, and nothing in '{2}' "
            + "removes one. {3}",
        category: Category.SharedCaches,
        severity: DiagnosticSeverity.Info,
        description: "A cache that only grows keeps every entry for the life of the process. Its entries age into the oldest "
            + "generation, where each full collection marks them again.");

    /// <summary>The rule.</summary>
    public GiveCachesALimitOrAnExpiry()
        : base(Rule)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext context, KnownSymbols symbols)
    {
        CompilationMentions mentions = symbols.Mentions(context.CancellationToken);
        if (!MayNameCache(mentions.All))
            return;
        CachePutReader reader = new(symbols);
        MemoryCacheTypes caches = new(symbols);
        SourceBodies bodies = symbols.Bodies;
        ConcurrentDictionary<ISymbol, ConcurrentBag<IFieldReferenceOperation>?> open = new(SymbolEqualityComparer.Default);
        context.RegisterSymbolStartAction(
            start =>
            {
                if (OutermostType.Of(start.Symbol) is not { } outermost || !MayNameCache(mentions.NamesAround(outermost)))
                    return;
                if (open.GetOrAdd(outermost, _ => HasField(outermost, caches, reader) ? [] : null) is not { } references)
                    return;
                start.RegisterOperationAction(
                    operation =>
                    {
                        IFieldReferenceOperation reference = (IFieldReferenceOperation)operation.Operation;
                        if (IsMemoryCache(reference.Field, caches) || IsStaticDictionary(reference.Field, reader))
                            references.Add(reference);
                    },
                    OperationKind.FieldReference);
                if (start.Symbol.ContainingType is not null)
                    return;
                start.RegisterSymbolEndAction(end =>
                {
                    open.TryRemove(outermost, out _);
                    SizeInference sizes = new(bodies, end.CancellationToken);
                    EntrySettingsReader settings = new(bodies, sizes, end.CancellationToken);
                    MemoryCacheOrigins origins = new(bodies, sizes, end.CancellationToken);
                    foreach (IGrouping<ISymbol?, IFieldReferenceOperation> uses in references.GroupBy(
                        reference => (ISymbol?)reference.Field.OriginalDefinition, SymbolEqualityComparer.Default))
                    {
                        Analyze(end, (IFieldSymbol)uses.Key!, [.. uses], reader, sizes, settings, origins);
                    }
                });
            },
            SymbolKind.NamedType);
    }

    /// <summary>True when a field may be declared there that serves as a cache, as far as words tell.</summary>
    private static bool MayNameCache(Mentioned words) =>
        (words & Mentioned.CacheType) != Mentioned.None
        || ((words & Mentioned.DictionaryType) != Mentioned.None && (words & Mentioned.Alias) != Mentioned.None);

    /// <summary>True when the type, or one inside it, has a field whose uses are to be collected.</summary>
    private static bool HasField(INamedTypeSymbol type, MemoryCacheTypes caches, CachePutReader reader)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            bool isCache = member switch
            {
                IFieldSymbol field => IsMemoryCache(field, caches) || IsStaticDictionary(field, reader),
                INamedTypeSymbol nested => HasField(nested, caches, reader),
                _ => false,
            };
            if (isCache)
                return true;
        }

        return false;
    }

    /// <summary>All uses of a private field are at hand.</summary>
    private static bool IsOwn(IFieldSymbol field) =>
        field is { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private };

    private static bool IsMemoryCache(IFieldSymbol field, MemoryCacheTypes caches) => IsOwn(field) && caches.Contains(field.Type);

    /// <summary>A map from one text to another is as often a table of names as a cache, so that its name has to say it.</summary>
    private static bool IsStaticDictionary(IFieldSymbol field, CachePutReader reader) =>
        IsOwn(field) && field.IsStatic && field.Type is INamedTypeSymbol type && reader.IsDictionary(type)
        && (type.TypeArguments[1] is IArrayTypeSymbol || field.Name.IndexOf("cache", System.StringComparison.OrdinalIgnoreCase) >= 0);

    private static void Analyze(
        SymbolAnalysisContext context,
        IFieldSymbol cache,
        IReadOnlyList<IFieldReferenceOperation> references,
        CachePutReader reader,
        SizeInference sizes,
        EntrySettingsReader settings,
        MemoryCacheOrigins origins)
    {
        CacheUse[] uses = [.. references.Select(CacheUse.Of)];
        if (uses.Any(use => use.Kind is CacheUseKind.Other))
            return;
        bool isDictionary = cache.Type is INamedTypeSymbol type && reader.IsDictionary(type);
        if (isDictionary ? !IsAskedFirst(uses) : origins.Of(references[0], cache) is not MemoryCacheOrigin.Unlimited)
            return;
        CacheUse[] puts = [.. uses.Where(use => use.Kind is CacheUseKind.Put)];
        if (!isDictionary && puts.Any(put => put.Operation is not IInvocationOperation call || !settings.Read(call).LacksExpiry))
            return;
        if (puts.Where(put => CacheKeys.IsUnbounded(put.Key, sizes, countsSmall: !isDictionary)
                && !IsInConstructor(put.Operation!) && !ReadsResources(put.Operation!))
            .OrderBy(put => put.Operation!.Syntax.SyntaxTree.FilePath, System.StringComparer.Ordinal)
            .ThenBy(put => put.Operation!.Syntax.SpanStart)
            .FirstOrDefault() is not { Operation: { } first })
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            CachePut.LocationOf(first),
            cache.Name,
            EntryText(first, cache, reader, sizes),
            cache.ContainingType.Name,
            isDictionary
                ? "Use a MemoryCache with a SizeLimit or an expiry, or remove what is old."
                : "Set SizeLimit and give entries a Size, or give them an expiry."));
    }

    /// <summary>A dictionary is a cache when it is asked for an entry before one is made.</summary>
    private static bool IsAskedFirst(CacheUse[] uses) =>
        uses.Any(use => use.Kind is CacheUseKind.Lookup || use.Operation is IInvocationOperation { TargetMethod.Name: "GetOrAdd" });

    private static bool IsInConstructor(IOperation operation) =>
        operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart)
            is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };

    /// <summary>An assembly has as many resources as it was built with.</summary>
    private static bool ReadsResources(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation.Descendants().Any(part => part is IInvocationOperation { TargetMethod.Name: "GetManifestResourceStream" });
    }

    /// <summary>Bytes of the first entry, where the source tells them.</summary>
    private static string EntryText(IOperation put, IFieldSymbol cache, CachePutReader reader, SizeInference sizes)
    {
        if (reader.Read(put, cache) is not { Values: { Count: > 0 } values })
            return "";
        IntervalSet bytes = values[0].IsFactory
            ? sizes.MeasureReturned(Quantity.Bytes, values[0].Operation, Frame.Entry)
            : sizes.Measure(Quantity.Bytes, values[0].Operation, Frame.Entry);
        return bytes is { IsKnown: true, IsNothing: false } ? $" by {CacheGroup.TextOf(new Interval(bytes.Min, bytes.Max))}" : "";
    }
}
