using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Everything one outermost type does to caches, collected while its members are analysed.</summary>
internal sealed class CacheTraffic
{
    private const int MostForwards = 3;

    private readonly CachePutReader _reader;
    private readonly ConcurrentBag<CachePut> _puts = [];
    private readonly ConcurrentBag<IOperation> _removals = [];
    private readonly ConcurrentBag<(IInvocationOperation Call, ISymbol Method)> _ownCalls = [];

    public CacheTraffic(CachePutReader reader) => _reader = reader;

    public void Add(IOperation operation, ISymbol method)
    {
        if (_reader.Read(operation, method) is { } put)
            _puts.Add(put);
        if (operation is not IInvocationOperation call)
            return;
        if (_reader.ReadRemoval(call) is { } removal)
            _removals.Add(removal);
        if (call.TargetMethod is { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary })
            _ownCalls.Add((call, method));
    }

    /// <summary>The put sites, in source order, grouped by the cache they put into.</summary>
    public IEnumerable<IGrouping<ISymbol, CachePutSite>> Sites(SizeInference sizes)
    {
        if (_puts.IsEmpty)
            return [];
        HashSet<ISymbol> shrinking = new(
            _removals.Select(removal => CacheReference.Resolve(removal, sizes, Frame.Entry)).OfType<ISymbol>(),
            SymbolEqualityComparer.Default);
        return _puts
            .SelectMany(put => Sites(put, put.Method, put.Location, [], sizes))
            .Where(site => !site.Bytes.IsNothing)
            .Where(site => site.Kind != CachePutKind.Dictionary
                || (site.Cache is IFieldSymbol or IPropertySymbol && shrinking.Contains(site.Cache)))
            .OrderBy(site => site.Location.SourceTree?.FilePath, System.StringComparer.Ordinal)
            .ThenBy(site => site.Location.SourceSpan)
            .ToArray()
            .GroupBy(site => site.Cache, SymbolEqualityComparer.Default)!;
    }

    /// <summary>
    /// The put itself, or, when a private method only forwards the value or the cache it is given, the method's calls.
    /// </summary>
    private List<CachePutSite> Sites(
        CachePut put, ISymbol method, Location location, ImmutableArray<IInvocationOperation> calls, SizeInference sizes)
    {
        Frame frame = calls.Aggregate(Frame.Entry, (outer, call) => outer.Call(call.Arguments) ?? outer);
        ISymbol? cache = put.Receiver is null
            ? (put.Operation as IInvocationOperation)?.TargetMethod.ContainingType?.OriginalDefinition
            : CacheReference.Resolve(put.Receiver, sizes, frame);
        if (cache is null)
            return [];
        IntervalSet bytes = put.Values.Aggregate(
            IntervalSet.Nothing, (joined, value) => joined.Join(Bytes(put, value, frame, sizes)));
        CachePutSite own = new(cache, put.Kind, location, bytes);
        bool isOpen = !bytes.IsKnown || cache is IParameterSymbol;
        if (!isOpen || calls.Length == MostForwards || method is not IMethodSymbol { DeclaredAccessibility: Accessibility.Private } forwarder)
            return [own];

        List<CachePutSite> forwarded = [];
        foreach ((IInvocationOperation call, ISymbol caller) in _ownCalls)
        {
            if (SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, forwarder.OriginalDefinition))
                forwarded.AddRange(Sites(put, caller, CachePut.LocationOf(call), calls.Insert(0, call), sizes));
        }

        return forwarded.Exists(site => site.Bytes.IsKnown) ? forwarded : [own];
    }

    private static IntervalSet Bytes(CachePut put, CachePutValue value, Frame frame, SizeInference sizes)
    {
        if (value.IsFactory)
            return sizes.MeasureReturned(Quantity.Bytes, value.Operation, frame);
        return put.Kind == CachePutKind.DistributedText
            ? sizes.MeasureUtf8(value.Operation, frame)
            : sizes.Measure(Quantity.Bytes, value.Operation, frame);
    }
}
