using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Heaps;

/// <summary>Follows full GCs: hands their survivors to the log and keeps the layouts worth showing.</summary>
internal sealed class LargeObjectWatch(LargeObjectLog objects)
{
    private readonly RegionLists _regions = new();
    private SurvivorExtents _survivors = new();
    private int _fullNumber = -1;
    private GcKind _fullKind;
    private double _fullStartMs;
    private LohDraft? _worst;
    private LohDraft? _last;

    public void Started(long thread, int number, int generation, GcKind kind, double timeMs)
    {
        _regions.Close(thread);
        if (generation < 2)
            return;

        _fullNumber = number;
        _fullKind = kind;
        _fullStartMs = timeMs;
        _survivors = new SurvivorExtents();
        objects.IsBackgroundRunning = kind == GcKind.Background;
    }

    public void Listed(long thread, GenerationExtent region)
    {
        _regions.Add(thread, region);
        _survivors.AddRegion(region);
    }

    public void Survived(long thread, SurvivorExtent extent)
    {
        _regions.Close(thread);
        if (_fullNumber >= 0)
            _survivors.Add(extent);
    }

    /// <summary>A full GC that starts as a background one may turn out to be blocking.</summary>
    public void Measured(int generation, bool isConcurrent)
    {
        if (generation >= 2 && !isConcurrent)
            _fullKind = GcKind.Blocking;
    }

    public void Stopped(long thread, int number, double timeMs)
    {
        IReadOnlyList<GenerationExtent> regions = _regions.Of(thread);
        _regions.Close(thread);
        if (number != _fullNumber)
            return;

        objects.IsBackgroundRunning = false;
        objects.Collected(timeMs, _fullStartMs, _survivors);
        if (_survivors.IsReported && regions.Count > 0)
        {
            _last = new LohDraft(
                number, _fullKind, timeMs,
                regions.Where(region => region.Generation == GenerationExtent.LargeObjects), _survivors, objects.Located);
            if (_worst is null || _last.FreeBytes > _worst.FreeBytes)
                _worst = _last;
        }

        _fullNumber = -1;
    }

    /// <summary>The layout with most free bytes, then the last; the sources must be resolved.</summary>
    public IReadOnlyList<LohSnapshot> Build(LargeObjectSources sources)
    {
        if (_worst is null || _last is null)
            return [];

        LohSnapshot worst = _worst.Build(sources.SiteOf);
        return _worst == _last ? [worst] : [worst, _last.Build(sources.SiteOf)];
    }
}
