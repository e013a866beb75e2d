using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>What GCs find pinned, and the holes beside it once they are done.</summary>
internal sealed class PinLog
{
    private const int MaxPinsPerGc = 1 << 16;
    private const int MaxKinds = 1 << 12;
    private const int Others = 0;

    private readonly List<string> _types = ["(other types)"];
    private readonly Dictionary<string, int> _typeNumbers = new(StringComparer.Ordinal);
    private readonly List<PinnedObject> _pins = [];
    private readonly Dictionary<(int Type, int Source), PinDraft> _uses = [];

    /// <summary>Pins of GCs that found more than can be kept, or that do not tell where memory is; they are in no figure.</summary>
    public long Omitted { get; private set; }

    /// <summary>Whether the recording tells of pins at all.</summary>
    public bool IsReported { get; private set; }

    public void Pinned(ulong address, long bytes, string type)
    {
        IsReported = true;
        if (_pins.Count < MaxPinsPerGc)
            _pins.Add(new PinnedObject(address, Math.Max(0, bytes), NumberOf(type)));
        else
            Omitted++;
    }

    /// <summary>The GC is over and the heap is as it left it.</summary>
    /// <param name="samples">Objects whose source is known.</param>
    public void Collected(int gc, HeapState heap, SampledObjects samples)
    {
        if (_pins.Count == 0)
            return;

        ReadOnlySpan<PinnedObject> pins = Sorted();
        Dictionary<ulong, int> sources = SourcesOf(pins, samples);
        PinnedRun last = default;
        for (int i = 0; i < pins.Length; i++)
        {
            if (PinnedRun.Of(heap, pins[i].Address) is not { } run)
                continue;

            bool isFirst = last.Start != run.Start;
            bool isLast = i + 1 == pins.Length || pins[i + 1].Address >= run.End;
            bool isAfterPin = last.NextStart == run.Start && last.End != 0;
            bool isBeforePin = isLast && i + 1 < pins.Length
                && pins[i + 1].Address >= run.NextStart && pins[i + 1].Address < run.NextEnd;
            double holes = (isFirst ? run.HoleBefore * Share(isAfterPin) : 0)
                + (isLast ? run.HoleAfter * Share(isBeforePin) : 0);
            DraftOf(pins[i].Type, sources[pins[i].Address]).Add(gc, pins[i].Bytes, holes);
            last = run;
        }

        _pins.Clear();
    }

    /// <summary>A GC is over, and nothing tells where the regions are.</summary>
    public void CollectedUnplaced()
    {
        Omitted += _pins.Count;
        _pins.Clear();
    }

    /// <summary>Most hole bytes first.</summary>
    public IReadOnlyList<PinUse> Build(Func<int, AllocationSite?> siteOf) => _uses.Count == 0 ? [] : UsesOf(siteOf);

    private List<PinUse> UsesOf(Func<int, AllocationSite?> siteOf) =>
    [
        .. _uses
            .Select(pair => pair.Value.Build(_types[pair.Key.Type], siteOf(pair.Key.Source)))
            .OrderByDescending(use => use.HoleBytes)
            .ThenBy(use => use.Type, StringComparer.Ordinal),
    ];

    // Of all objects whose source is known, few are pinned.
    private static Dictionary<ulong, int> SourcesOf(ReadOnlySpan<PinnedObject> pins, SampledObjects samples)
    {
        Dictionary<ulong, int> sources = [];
        foreach (PinnedObject pin in pins)
            sources[pin.Address] = AllocationSources.Unknown;
        samples.FindSources(sources, pins[0].Address, pins[^1].Address);
        return sources;
    }

    // Several handles may pin one object.
    private ReadOnlySpan<PinnedObject> Sorted()
    {
        Span<PinnedObject> pins = CollectionsMarshal.AsSpan(_pins);
        pins.Sort(static (left, right) => left.Address.CompareTo(right.Address));
        int last = 0;
        for (int i = 1; i < pins.Length; i++)
        {
            if (pins[i].Address != pins[last].Address)
                pins[++last] = pins[i];
        }

        return pins[..Math.Min(pins.Length, last + 1)];
    }

    private static double Share(bool isShared) => isShared ? 0.5 : 1;

    private PinDraft DraftOf(int type, int source)
    {
        if (_uses.TryGetValue((type, source), out PinDraft? draft))
            return draft;

        (int Type, int Source) key = _uses.Count < MaxKinds ? (type, source) : (Others, AllocationSources.Unknown);
        if (!_uses.TryGetValue(key, out draft))
            _uses[key] = draft = new PinDraft();
        return draft;
    }

    private int NumberOf(string type)
    {
        if (_typeNumbers.TryGetValue(type, out int number))
            return number;
        if (_types.Count >= MaxKinds)
            return Others;

        _typeNumbers[type] = _types.Count;
        _types.Add(type);
        return _types.Count - 1;
    }
}
