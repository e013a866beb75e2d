using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.FragTrace.Reports;

/// <summary>The sizes of the large objects that a recording saw, as a mix that the simulator can draw from.</summary>
internal static class RecordedSizes
{
    private const int Quantiles = 10;

    /// <summary>Births of a recording needed before its sizes mean anything.</summary>
    private const int LeastBirths = 50;

    /// <summary>Ten equally likely size intervals; null when too few large objects were born.</summary>
    /// <param name="liveBytes">Live large-object bytes of the steady state, which sets how many entries live at once.</param>
    public static SizeMix? MixOf(AllocationTrace largeObjects, long liveBytes)
    {
        long[] sizes = largeObjects.Events
            .Where(one => one.Kind == AllocationEventKind.Allocate)
            .Select(one => one.Bytes)
            .Order()
            .ToArray();
        if (sizes.Length < LeastBirths)
            return null;
        List<SizeMixPart> parts = [];
        for (int i = 0; i < Quantiles; i++)
        {
            long low = sizes[i * (sizes.Length - 1) / Quantiles];
            long high = sizes[(i + 1) * (sizes.Length - 1) / Quantiles];
            parts.Add(new SizeMixPart(low, high));
        }

        int entries = (int)Math.Clamp(liveBytes / sizes.Average(), 16, 2_000);
        return new SizeMix(parts, entries, entries * 20);
    }
}
