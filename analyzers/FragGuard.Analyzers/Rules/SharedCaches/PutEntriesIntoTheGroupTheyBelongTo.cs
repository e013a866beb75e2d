using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>FG1005: an entry is put into a cache that is declared to be meant for others.</summary>
internal sealed class PutEntriesIntoTheGroupTheyBelongTo : CacheTrafficRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG1005";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "An entry is outside the group that its cache is declared for",
        message: "This entry ({0}) is outside the group of cache '{1}', declared for {2}. Put it into the cache of its own group, "
            + "or change the declaration.",
        category: Category.SharedCaches,
        severity: DiagnosticSeverity.Warning,
        description: "Caches are parted into groups of similar size or lifetime so that an entry that dies leaves a hole that the "
            + "next one fits. One entry outside the group leaves a hole of another size, or holds a page that all others have left.");

    /// <summary>The rule.</summary>
    public PutEntriesIntoTheGroupTheyBelongTo()
        : base(Rule)
    {
    }

    public override bool IsOfUse(KnownSymbols symbols) => symbols[CacheAnnotations.SharedCache] is not null;

    public override void Analyze(SymbolAnalysisContext context, CacheEntrySizes entries, CacheSources sources)
    {
        if (CacheGroup.Of(entries.Cache, sources.Symbols) is not { } group)
            return;
        foreach (CachePutSite site in entries.Sites)
        {
            if (group.Outside(site.Bytes) is { } outside)
                Report(context, site, CacheGroup.TextOf(outside), group.SizeText);
            else if (group.LifetimeClass is { } declared && OtherLifetime(site, declared, sources.Symbols) is { } other)
                Report(context, site, $"lifetime class '{other}'", $"lifetime class '{declared}'");
        }
    }

    private static void Report(SymbolAnalysisContext context, CachePutSite site, string entry, string group) =>
        context.ReportDiagnostic(Diagnostic.Create(Rule, site.Location, entry, site.Cache.Name, group));

    private static string? OtherLifetime(CachePutSite site, string declared, KnownSymbols symbols) =>
        symbols[CacheAnnotations.CachedValue] is { } attribute
            ? site.Put.Values
                .Select(value => value.Parameter is { } parameter && CacheAnnotations.On(parameter, attribute) is { } data
                    ? CacheAnnotations.Named(data, "LifetimeClass") as string
                    : null)
                .FirstOrDefault(own => own is not null && !string.Equals(own, declared, System.StringComparison.Ordinal))
            : null;
}
