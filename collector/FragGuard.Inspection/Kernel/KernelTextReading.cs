using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Kernel;

/// <summary>Reads texts by kind; what is damaged becomes a gap.</summary>
internal sealed class KernelTextReading(IReadOnlyList<KernelText> texts, IEnumerable<KernelGap> gaps)
{
    private readonly List<KernelGap> _gaps = [.. gaps];

    public IReadOnlyList<KernelGap> Gaps => _gaps;

    public string? TextOf(KernelTextKind kind) => Last(kind)?.Text;

    public T? Read<T>(KernelTextKind kind, Func<IEnumerable<string>, T> read)
        where T : class
    {
        if (Last(kind) is not { } text)
            return null;
        try
        {
            return read(text.Lines());
        }
        catch (FormatException exception)
        {
            _gaps.Add(new KernelGap(text.Source, "damaged: " + exception.Message));
            return null;
        }
    }

    public IndexCheck? Check(IReadOnlyList<KernelZone> zones)
    {
        IndexCheck none = new(0, 0);
        IndexCheck check = none;
        if (Last(KernelTextKind.UnusableIndex) is { } unusable)
            check += IndexCheck.Of(unusable.Lines(), zones, zone => zone.Unusable);
        if (Last(KernelTextKind.ExternalIndex) is { } external)
            check += IndexCheck.Of(external.Lines(), zones, zone => zone.External);
        return check == none ? null : check;
    }

    private KernelText? Last(KernelTextKind kind) => texts.LastOrDefault(text => text.Kind == kind);
}
