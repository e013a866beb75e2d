using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Everything one outermost type does to caches, collected while its members are analysed.</summary>
internal sealed class CacheTraffic
{
    private readonly CachePutReader _reader;
    private readonly bool _canAnnotate;
    private readonly object _adding = new();
    private readonly List<CachePut> _puts = [];
    private readonly List<IOperation> _removals = [];
    private readonly List<CacheForwards.Call> _ownCalls = [];

    /// <param name="canAnnotate">An annotation can make any dictionary a cache.</param>
    public CacheTraffic(CachePutReader reader, bool canAnnotate)
    {
        _reader = reader;
        _canAnnotate = canAnnotate;
    }

    /// <summary>True when nothing is put into anything that can be a cache.</summary>
    public bool IsEmpty =>
        _puts.Count == 0 || (_removals.Count == 0 && !_canAnnotate && _puts.TrueForAll(put => put.Kind == CachePutKind.Dictionary));

    /// <param name="options">Those of the file; null where none names a type of caches.</param>
    public void Add(IOperation operation, ISymbol member, AnalyzerConfigOptions? options)
    {
        CachePut? put = _reader.Read(operation, member, options);
        IInvocationOperation? call = operation as IInvocationOperation;
        IOperation? removal = call is null ? null : _reader.ReadRemoval(call);
        bool isOwn = call is not null && CacheForwards.CanForward(call.TargetMethod);
        if (put is null && removal is null && !isOwn)
            return;
        IMethodSymbol? function = LocalFunctionAround(operation);
        lock (_adding)
        {
            if (put is not null)
                _puts.Add(function is not null ? put with { Method = function } : put);
            if (removal is not null)
                _removals.Add(removal);
            if (isOwn)
                _ownCalls.Add(new(call!, function ?? member));
        }
    }

    private static IMethodSymbol? LocalFunctionAround(IOperation operation)
    {
        IOperation? around = operation.Parent;
        while (around is not (null or ILocalFunctionOperation))
            around = around.Parent;
        return (around as ILocalFunctionOperation)?.Symbol;
    }

    /// <summary>The put sites, in source order, grouped by the cache they put into.</summary>
    public IEnumerable<IGrouping<ISymbol, CachePutSite>> Sites(CacheSources sources)
    {
        HashSet<ISymbol> shrinking = new(
            _removals.Select(removal => CacheReference.Resolve(removal, sources.Sizes, Frame.Entry)).OfType<ISymbol>(),
            SymbolEqualityComparer.Default);
        CacheForwards forwards = new(_ownCalls, sources);
        return _puts
            .GroupBy(put => put.Operation.Syntax, (_, same) => same.First())
            .OrderBy(put => put.Operation.Syntax.SyntaxTree.FilePath, System.StringComparer.Ordinal)
            .ThenBy(put => put.Operation.Syntax.SpanStart)
            .SelectMany(forwards.Sites)
            .Where(site => !site.Bytes.IsNothing && (site.Kind != CachePutKind.Dictionary || IsCache(site.Cache)))
            .OrderBy(site => site.Location.SourceTree?.FilePath, System.StringComparer.Ordinal)
            .ThenBy(site => site.Location.SourceSpan)
            .ToArray()
            .GroupBy(site => site.Cache, SymbolEqualityComparer.Default)!;

        bool IsCache(ISymbol dictionary) =>
            (dictionary is IFieldSymbol or IPropertySymbol && shrinking.Contains(dictionary))
            || CachePlace.Annotated(dictionary, sources.Symbols) is not null;
    }
}
