using System;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>Counts the pins of one type and source.</summary>
internal sealed class PinDraft
{
    private int _lastGc = -1;
    private double _holeBytesOfGc;
    private double _holeBytes;
    private double _mostHoleBytes;
    private long _pins;
    private long _gcs;
    private long _pinnedBytes;

    public void Add(int gc, long bytes, double holeBytes)
    {
        if (gc != _lastGc)
        {
            _gcs++;
            _lastGc = gc;
            _holeBytesOfGc = 0;
        }

        _pins++;
        _pinnedBytes += bytes;
        _holeBytes += holeBytes;
        _holeBytesOfGc += holeBytes;
        _mostHoleBytes = Math.Max(_mostHoleBytes, _holeBytesOfGc);
    }

    public PinUse Build(string type, AllocationSite? site) =>
        new(type, site, _pins, _gcs, _pinnedBytes, (long)_holeBytes, (long)_mostHoleBytes);
}
