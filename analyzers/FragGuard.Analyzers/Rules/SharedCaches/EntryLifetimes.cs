using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>How long the entries of a put site live.</summary>
internal sealed class EntryLifetimes
{
    private readonly EntrySettingsReader _settings;
    private readonly LifetimeInference _lifetimes;

    public EntryLifetimes(EntrySettingsReader settings, LifetimeInference lifetimes)
    {
        _settings = settings;
        _lifetimes = lifetimes;
    }

    /// <summary>
    /// Milliseconds until the entry expires: the shorter one where it is given an absolute and a sliding time; null when
    /// one of them is not known, or none is given.
    /// </summary>
    public double? Of(CachePutSite site)
    {
        if (site.Put.Operation is not IInvocationOperation put)
            return null;
        if (site.Kind is CachePutKind.Annotated)
            return Mean(put.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.FullName() is "System.TimeSpan")?.Value, site.Frame);
        EntrySettings settings = _settings.Read(put);
        if (!settings.IsComplete || settings.Expiries.Count == 0
            || settings.Expiries.Any(expiry => expiry.Kind is not (EntryExpiryKind.Relative or EntryExpiryKind.Sliding)))
        {
            return null;
        }

        double?[] spans = [.. settings.Expiries.Select(expiry => Mean(expiry.Value, site.Frame))];
        return spans.All(span => span is not null) ? spans.Min() : null;
    }

    private double? Mean(IOperation? span, Frame frame) =>
        span is not null && _lifetimes.Of(span, frame) is { } milliseconds ? (milliseconds.Min + (double)milliseconds.Max) / 2 : null;
}
