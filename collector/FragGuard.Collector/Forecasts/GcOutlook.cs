using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Forecasts;

/// <summary>
/// Predicts each blocking GC of a recording one step ahead. The heap must still be as the GC found it when the GC stops
/// here; its outcome is not looked at.
/// </summary>
internal sealed class GcOutlook(HeapState heap, GcLog gcs)
{
    // The runtime compacts young generations from here on, whatever it planned.
    private const int MostMemoryLoad = 90;

    private readonly ObservedGc _seen = new();
    private readonly YoungPromotion _promotion = new();
    private bool _isRunning;
    private bool _isBackgroundRunning;
    private bool _isServer;
    private int _background;
    private GcMechanisms _measured;
    private UnaidedHeap? _unaided;
    private bool _isTooLarge;

    public void Started(long thread, int number, int generation, GcKind kind, bool mustCompact)
    {
        if (kind == GcKind.Background)
        {
            _isBackgroundRunning = true;
            _background = number;
            return;
        }

        _isRunning = true;
        _measured = default;
        _seen.Begin(thread, number, generation, mustCompact);
    }

    public void Listed(long thread, GenerationExtent region)
    {
        if (_isRunning)
            _seen.Listed(thread, region);
    }

    /// <summary>The GC that lists its pins and survivors now; null where no blocking GC runs.</summary>
    public ObservedGc? Observed
    {
        get
        {
            if (_isRunning)
                _seen.EndListing();
            return _isRunning ? _seen : null;
        }
    }

    public void Measured(in GcMechanisms measured)
    {
        _isServer |= measured.Heaps > 1;
        _measured = measured;
    }

    public void Stopped(int number)
    {
        if (_isBackgroundRunning && number == _background)
        {
            gcs.Predicted(number, GcPrediction.None(NoPrediction.Background));
            _unaided = null;
            _isBackgroundRunning = false;
            return;
        }

        if (!_isRunning || number != _seen.Number)
            return;
        _isRunning = false;
        GcPrediction prediction = Predict();
        gcs.Predicted(number, prediction);
        if (prediction.Unaided is null)
            _unaided = null;
    }

    /// <summary>How many pins the runtime counted in the GC that stopped last. Below level Verbose it names none of them.</summary>
    public void PinsCounted(int count)
    {
        if (count > 0 && !_isRunning && _seen.Pins.Count == 0 && gcs.Find(_seen.Number)?.Prediction is { Missing: null } prediction)
            gcs.Predicted(_seen.Number, prediction.WithoutPins(count));
    }

    /// <summary>The GCs as they are; without predictions when any event was lost, for nobody knows which.</summary>
    public static IReadOnlyList<RecordedGc> Kept(IReadOnlyList<RecordedGc> gcs, long eventsLost) => eventsLost == 0
        ? gcs
        : [.. gcs.Select(static gc => gc with { Prediction = GcPrediction.None(NoPrediction.LostEvents) })];

    private GcPrediction Predict()
    {
        if (_isServer)
            return GcPrediction.None(NoPrediction.SeveralHeaps);
        if (_isBackgroundRunning)
            return GcPrediction.None(NoPrediction.BesideBackground);
        if (_seen.Generation is < 0 or > HeapBefore.Oldest)
            return GcPrediction.None(NoPrediction.NoGeneration);
        if (_seen.Regions.Count == 0)
            return GcPrediction.None(NoPrediction.NoSurvivors);
        if (HeapBefore.Of(_seen, heap) is not { } before)
            return GcPrediction.None(NoPrediction.NoRegions);
        if (_seen.Plugs.Count == 0)
            return GcPrediction.None(NoPrediction.NoSurvivors);
        if (_seen.IsCut)
            return GcPrediction.None(NoPrediction.TooManySurvivors);
        if (_measured.MemoryLoad >= MostMemoryLoad)
            return GcPrediction.None(NoPrediction.ShortOfMemory);
        if (before.IsOlderUnknown)
            return GcPrediction.None(NoPrediction.UnknownOlder);
        if (_unaided is { IsTooLarge: true })
            (_unaided, _isTooLarge) = (null, true);
        if (!_isTooLarge && _unaided is null && before.Whole is { } whole)
        {
            _unaided = new UnaidedHeap(before.RegionBytes);
            _unaided.Begin(whole);
        }

        return before.Predict(_promotion, _measured, _seen.MustCompact || IsYoungToCompact, _unaided);
    }

    private bool IsYoungToCompact => _seen.Generation < HeapBefore.Oldest && _measured.YoungReductions > 0;
}
