using System.Collections.Generic;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Forecasts;

/// <summary>What a GC that is running tells: where it began, what it found pinned, what it leaves alive.</summary>
internal sealed class ObservedGc
{
    /// <summary>Survivors kept of one GC.</summary>
    private const int MaxPlugs = 1 << 21;

    private const int MaxPins = 1 << 20;
    private const int MaxRegions = 1 << 20;

    private readonly List<SeenPlug> _plugs = [];
    private readonly List<ulong> _pins = [];
    private readonly List<GenerationExtent> _regions = [];
    private GenerationExtent _lastFound;
    private bool _isListing;

    public int Number { get; private set; }

    public int Generation { get; private set; }

    public long Thread { get; private set; }

    /// <summary>Whether it was asked to compact, or compacts large objects: then it does so with small ones too.</summary>
    public bool MustCompact { get; private set; }

    /// <summary>Whether survivors or pins were left out, for there were too many.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Regions it began with, each generation in the runtime's order.</summary>
    public IReadOnlyList<GenerationExtent> Regions => _regions;

    /// <summary>Survivors where they were when it began, in the order they were listed in.</summary>
    public List<SeenPlug> Plugs => _plugs;

    /// <summary>Addresses of pinned objects; several handles may pin one.</summary>
    public List<ulong> Pins => _pins;

    public void Begin(long thread, int number, int generation, bool mustCompact)
    {
        (Thread, Number, Generation, MustCompact) = (thread, number, generation, mustCompact);
        _plugs.Clear();
        _pins.Clear();
        _regions.Clear();
        _lastFound = default;
        IsCut = false;
        _isListing = true;
    }

    /// <summary>A GC lists its regions before anything else, and again when it ends.</summary>
    public void Listed(long thread, GenerationExtent region)
    {
        if (_isListing && thread == Thread && _regions.Count < MaxRegions)
            _regions.Add(region);
    }

    public void EndListing() => _isListing = false;

    /// <summary>A run of survivors, and where it is to go.</summary>
    public void Survived(ulong start, ulong newStart, ulong bytes)
    {
        if (bytes == 0 || (start | newStart | bytes) >= GenerationExtent.MaxBytes)
            return;
        MustCompact |= newStart != start && IsLarge(start);
        if (_plugs.Count < MaxPlugs)
            _plugs.Add(new SeenPlug(start, newStart, bytes));
        else
            IsCut = true;
    }

    public void Pinned(ulong address)
    {
        if (_pins.Count < MaxPins)
            _pins.Add(address);
        else
            IsCut = true;
    }

    // Most plugs lie where the one before them does.
    private bool IsLarge(ulong address)
    {
        if (!_lastFound.Holds(address))
            _lastFound = _regions.Find(region => region.Holds(address));
        return _lastFound.Generation == GenerationExtent.LargeObjects;
    }
}
