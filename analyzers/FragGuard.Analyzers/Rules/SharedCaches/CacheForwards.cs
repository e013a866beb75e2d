using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>
/// Follows puts out of the methods that only pass on the value or the cache they are given: private ones and local
/// functions, whose calls are all at hand.
/// </summary>
internal sealed class CacheForwards
{
    private const int MostCalls = 3;

    /// <summary>Sites looked at for one type; only methods that call each other in many places need more.</summary>
    private const int MostSites = 5_000;

    private readonly ILookup<ISymbol?, Call> _calls;
    private readonly SizeInference _sizes;
    private readonly DeclaredSizes? _declared;
    private int _left = MostSites;

    public CacheForwards(IEnumerable<Call> calls, CacheSources sources)
    {
        _sizes = sources.Sizes;
        _declared = sources.Declared;
        _calls = calls
            .OrderBy(call => call.Operation.Syntax.SyntaxTree.FilePath, System.StringComparer.Ordinal)
            .ThenBy(call => call.Operation.Syntax.SpanStart)
            .ToLookup(call => (ISymbol?)call.Operation.TargetMethod.OriginalDefinition, SymbolEqualityComparer.Default);
    }

    public static bool CanForward(ISymbol method) => method
        is IMethodSymbol { MethodKind: MethodKind.LocalFunction }
        or IMethodSymbol { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private };

    /// <summary>The put itself, or the calls that decide what it puts, or where.</summary>
    public IEnumerable<CachePutSite> Sites(CachePut put) =>
        Sites(put, put.Method, put.Location, ImmutableArray<IInvocationOperation>.Empty);

    private List<CachePutSite> Sites(
        CachePut put, ISymbol method, Location location, ImmutableArray<IInvocationOperation> calls)
    {
        Frame frame = calls.Aggregate(Frame.Entry, (outer, call) => outer.Call(call.Arguments) ?? outer);
        ISymbol? cache = put.Receiver is null
            ? (put.Operation as IInvocationOperation)?.TargetMethod.ContainingType?.OriginalDefinition
            : CacheReference.Resolve(put.Receiver, _sizes, frame);
        if (cache is null)
            return [];
        IntervalSet bytes = put.Values.Aggregate(
            IntervalSet.Nothing, (joined, value) => joined.Join(Bytes(put, value, frame)));
        CachePutSite own = new(cache, put, frame, location, bytes);
        bool isGiven = !bytes.IsKnown
            || (cache is IParameterSymbol parameter
                && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method.OriginalDefinition));
        if (!isGiven || !CanForward(method) || calls.Length == MostCalls)
            return [own];

        List<CachePutSite> forwarded = [];
        foreach (Call call in _calls[method.OriginalDefinition])
        {
            if (--_left >= 0)
                forwarded.AddRange(Sites(put, call.Method, CachePut.LocationOf(call.Operation), calls.Insert(0, call.Operation)));
        }

        return forwarded.Exists(site => site.Bytes.IsKnown) ? forwarded : [own];
    }

    private IntervalSet Bytes(CachePut put, CachePutValue value, Frame frame)
    {
        IntervalSet bytes = Measure(put, value, frame);
        return !bytes.IsKnown && value.Parameter is { } parameter && _declared?.On(parameter) is { } declared
            ? IntervalSet.Of(declared)
            : bytes;
    }

    private IntervalSet Measure(CachePut put, CachePutValue value, Frame frame)
    {
        if (SharedBlocks.IsShared(value.Operation, _sizes, frame))
            return IntervalSet.Unknown;
        if (value.IsFactory)
            return _sizes.MeasureReturned(Quantity.Bytes, value.Operation, frame);
        return put.Kind == CachePutKind.DistributedText
            ? _sizes.MeasureUtf8(value.Operation, frame)
            : _sizes.Measure(Quantity.Bytes, value.Operation, frame);
    }

    /// <summary>A call of a method that may forward.</summary>
    /// <param name="Method">The member or local function that calls.</param>
    internal sealed record Call(IInvocationOperation Operation, ISymbol Method);
}
