using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Rules.SharedCaches;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>A zone, and the blocks that one outermost type asks it for.</summary>
internal sealed record ZoneRequests(ISymbol Zone, SharedZone Place, SizedSites Sites)
{
    /// <summary>All zones that code inside the type allocates from.</summary>
    public static IReadOnlyList<ZoneRequests> In(
        INamedTypeSymbol type, ZoneAnnotations annotations, SourceBodies bodies, CancellationToken cancellation)
    {
        SizeInference sizes = new(bodies, cancellation);
        List<(ISymbol Zone, SharedZone Place, SizedSite Site)> requests = [];
        foreach (IOperation operation in OutermostType.Bodies(type, bodies, cancellation).SelectMany(body => body.DescendantsAndSelf()))
        {
            if (operation is not IInvocationOperation call
                || annotations.BlockBytesOf(call.TargetMethod) is not { } parameter
                || KnownLengths.Argument(call.Arguments, parameter.Ordinal) is not { } requested
                || ZoneOf(call, annotations, sizes) is not var (zone, place))
            {
                continue;
            }

            IntervalSet bytes = NumericTypes.RangeOf(parameter.Type) is not null
                ? RequestedNumber.Measure(requested, sizes)
                : sizes.Measure(Quantity.Bytes, requested, Frame.Entry);
            requests.Add((zone, place, new(call, place.Declared(bytes))));
        }

        return requests
            .GroupBy(request => request.Zone, SymbolEqualityComparer.Default)
            .Select(same => new ZoneRequests(same.Key!, same.First().Place, new SizedSites(same.Select(request => request.Site))))
            .ToArray();
    }

    private static (ISymbol Zone, SharedZone Place)? ZoneOf(IInvocationOperation call, ZoneAnnotations annotations, SizeInference sizes)
    {
        ISymbol? zone = CacheReference.Resolve(call.Instance, sizes, Frame.Entry) ?? call.TargetMethod.ContainingType?.OriginalDefinition;
        return zone is not null && annotations.ZoneOf(zone) is { } place ? (zone, place) : null;
    }
}
