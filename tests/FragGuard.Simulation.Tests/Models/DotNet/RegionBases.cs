using System.Collections.Generic;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>
/// Compares offsets of the model with real addresses: within one region of the model the distance between the two must
/// never change.
/// </summary>
internal sealed class RegionBases
{
    private const int RegionBits = 25;

    private readonly Dictionary<long, long> _bases = [];

    public int Compared { get; private set; }

    public int Different { get; private set; }

    public void Compare(long offset, long address)
    {
        Compared++;
        long region = offset >> RegionBits;
        if (!_bases.TryAdd(region, address - offset) && _bases[region] != address - offset)
            Different++;
    }
}
