using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class LargeObjectHeapLiveTests
{
    [Fact]
    public void Probe()
    {
        SizeMix mix = new([new SizeMixPart(90 << 10, 1 << 20)], 600, 12_000, 1);
        AllocationTrace trace = SyntheticWorkload.Blocks(mix);
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("loh", trace, RuntimeReplay.Blocking);
        IReadOnlyList<long> at = RuntimeReplay.Addresses(lines);
        LargeObjectHeapModel model = (LargeObjectHeapModel)AllocatorModels.Create("dotnet-loh");
        long[] mine = [.. trace.Events.Select(e => model.Apply(e).OffsetBytes)];
        ITestOutputHelper output = TestContext.Current.TestOutputHelper!;
        int different = 0;
        Dictionary<long, long> bases = [];
        for (int i = 0; i < mine.Length; i++)
        {
            if (mine[i] < 0) continue;
            long region = mine[i] >> 25;
            bases.TryAdd(region, at[i] - mine[i]);
            if (at[i] - mine[i] != bases[region])
            {
                if (different++ < 10)
                    output.WriteLine($"{i}: {mine[i]} real {at[i] - bases[region]} {at[i]:x}");
            }
        }

        output.WriteLine($"different {different} of {mine.Length}, {bases.Count} regions");
        output.WriteLine("real");
        foreach (RuntimeGc gc in RuntimeReplay.Collections(lines))
            output.WriteLine(gc.ToString());
        output.WriteLine("model");
        foreach (GcSample gc in model.Collections)
            output.WriteLine(gc.ToString());
    }
}
