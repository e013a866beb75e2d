using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>One place in the source that puts entries into one cache, and how large they are.</summary>
/// <param name="Put">The operation that puts.</param>
/// <param name="Frame">What the parameters around the put stand for at this site.</param>
/// <param name="Location">The put, or the call that decides what it puts.</param>
/// <param name="Bytes">Value bytes of the entries; unknown when the source does not bound them.</param>
internal sealed record CachePutSite(ISymbol Cache, CachePut Put, Frame Frame, Location Location, IntervalSet Bytes)
{
    public CachePutKind Kind => Put.Kind;

    /// <summary>Whether the put has a constant key, so that the site stands for one entry.</summary>
    public bool HasOneKey
    {
        get
        {
            (IOperation? key, Frame frame) = (Put.Key, Frame);
            while (key is not null)
            {
                if (key.ConstantValue.HasValue)
                    return true;
                if (key is IConversionOperation { OperatorMethod: null } conversion)
                    key = conversion.Operand;
                else if (key is IParameterReferenceOperation { Parameter: { } parameter } && frame[parameter] is { } argument)
                    (key, frame) = (argument.Value, argument.Frame);
                else
                    return false;
            }

            return false;
        }
    }
}
