using System.Collections.Generic;
using System.Globalization;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>What the simulator expects of a pool with fixed limits, means over the steady state.</summary>
/// <param name="HeldBytes">Bytes of all arrays, rented and kept.</param>
/// <param name="IdleBytes">Bytes of the arrays that the pool keeps and nobody rents.</param>
/// <param name="MissRate">Share of the rents that made a new array, 0..1.</param>
internal sealed record BoundedPoolForecast(long HeldBytes, long IdleBytes, double MissRate)
{
    public const string Model = "dotnet-arraypool-create";

    private const int Replacements = 2_000;

    public double IdleShare => HeldBytes == 0 ? 0 : (double)IdleBytes / HeldBytes;

    /// <param name="parts">Sizes in bytes.</param>
    /// <param name="rented">Arrays that are rented at once; each is returned at a random time.</param>
    public static BoundedPoolForecast Of(
        IReadOnlyList<SizeMixPart> parts, int rented, CreatedPoolBuckets buckets, long elementBytes)
    {
        SizeMix mix = new(parts, rented, Replacements);
        AllocatorModelInfo info = AllocatorModels.ByName(Model);
        IAllocatorModel pool = info.Create(new ModelSettings(
            info.Settings,
            [
                new("element", Text(elementBytes)), new("length", Text(buckets.LongestElements)), new("arrays", Text(buckets.Arrays)),
            ]));
        long settled = SyntheticWorkload.SteadyFrom(mix);
        double held = 0;
        double idle = 0;
        int rents = 0;
        int misses = 0;
        int samples = 0;
        long index = 0;
        foreach (AllocationEvent next in SyntheticWorkload.Blocks(mix).Events)
        {
            long before = pool.Counters.CommittedBytes;
            pool.Apply(next);
            if (index++ < settled)
                continue;
            FragGuard.Simulation.Heap.HeapCounters counters = pool.Counters;
            held += counters.CommittedBytes;
            idle += counters.CommittedBytes - counters.GrantedBytes;
            samples++;
            if (next.Kind != AllocationEventKind.Allocate)
                continue;
            rents++;
            misses += counters.CommittedBytes > before ? 1 : 0;
        }

        return new((long)(held / samples), (long)(idle / samples), (double)misses / rents);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
