using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Tells types that cannot put anything into a cache from their source text alone.</summary>
internal sealed class CacheMentions
{
    private readonly CompilationMentions _mentions;
    private readonly Mentioned _words;
    private readonly bool _isAnywhere;

    public CacheMentions(KnownSymbols symbols, AnalyzerOptions options, CancellationToken cancellation)
    {
        _mentions = symbols.Mentions(cancellation);
        bool hasCaches = symbols["Microsoft.Extensions.Caching.Memory.ICacheEntry"] is not null
            || symbols["Microsoft.Extensions.Caching.Distributed.IDistributedCache"] is not null;

        // A dictionary is a cache only where entries are removed, unless an annotation says so.
        _words = hasCaches ? Mentioned.Remove | Mentioned.CachePut : Mentioned.Remove;
        bool canAnnotate = symbols[CacheAnnotations.SharedCache] is not null || symbols[CacheAnnotations.CachedValue] is not null;
        _isAnywhere = (canAnnotate && (_mentions.Any(Mentioned.CacheAnnotation) || symbols.HasAnnotatedReferences))
            || symbols.NamesAnywhere(options, CachePutReader.AdditionalTypesKey).Length > 0;
    }

    /// <summary>Words without which nothing is reported in a file; parts of its types may stand in other files.</summary>
    public Mentioned WordsOfReports => _isAnywhere ? WatchedWords.Anything : _words | Mentioned.Partial;

    /// <summary>False when no type can, as far as can be told without looking up any.</summary>
    public static bool MayBeAny(KnownSymbols symbols, AnalyzerOptions options, CancellationToken cancellation) =>
        symbols.Mentions(cancellation).Any(Mentioned.Remove | Mentioned.CachePut | Mentioned.CacheAnnotation)
        || symbols.HasAnnotatedReferences
        || symbols.NamesAnywhere(options, CachePutReader.AdditionalTypesKey).Length > 0;

    /// <summary>False when the outermost type cannot, nor any type in it.</summary>
    public bool Around(INamedTypeSymbol outermost) =>
        _isAnywhere || (_mentions.Around(outermost) & _words) != Mentioned.None;
}
