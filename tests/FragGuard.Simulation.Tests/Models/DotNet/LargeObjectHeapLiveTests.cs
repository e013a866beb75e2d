using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against the runtime that runs this test, in a child process with a GC of its own.</summary>
public sealed class LargeObjectHeapLiveTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 300 << 10)]
    [InlineData(2, 2 << 20)]
    [InlineData(3, 40 << 20)]
    public void ScriptedTrace_GivesTheSameAddresses(ulong seed, long maxBytes)
    {
        AllocationTrace trace = LohTrace.Random(seed, maxBytes > 4 << 20 ? 300 : 3_000, maxBytes, collectEvery: 40);
        AssertSame(
            trace, new LohTrace("self"), RuntimeReplay.Run("loh", trace, RuntimeReplay.Blocking),
            $"random objects up to {maxBytes >> 10} KiB, scripted and own blocking GCs, seed {seed}");
    }

    [Fact]
    public void CompactingTrace_GivesTheSameAddresses()
    {
        AllocationTrace trace = LohTrace.Random(4, 3_000, 1 << 20, collectEvery: 100);
        AssertSame(
            trace, new LohTrace("self", ("compact", "true")),
            RuntimeReplay.Run("loh", trace, RuntimeReplay.Blocking, compacts: true),
            "random objects, each scripted GC compacting");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    public void SelfCollectingCache_GivesTheSameAddressesAndHeapSizes(int conserve)
    {
        SizeMix mix = new([new SizeMixPart(90_000, 500_000)], 300, 6_000, (ulong)conserve + 1);
        AllocationTrace trace = SyntheticWorkload.Blocks(mix);
        string level = conserve.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Dictionary<string, string> environment = new(RuntimeReplay.Blocking, System.StringComparer.Ordinal)
        {
            ["DOTNET_GCConserveMemory"] = level,
        };
        AssertSame(trace, new LohTrace("self", ("conserve", level)), RuntimeReplay.Run("loh", trace, environment),
            $"cache that collects by itself, conserve-memory {level}");
    }

    private void AssertSame(
        AllocationTrace trace, LohTrace heap, IReadOnlyList<string[]> lines, string stream)
    {
        RegionBases bases = new();
        foreach ((AllocationEvent played, long address) in trace.Events.Zip(RuntimeReplay.Addresses(lines)))
        {
            long offset = heap.Model.Apply(played).OffsetBytes;
            if (offset >= 0)
                bases.Compare(offset, address);
        }

        Assert.Equal(
            RuntimeReplay.Collections(lines).Select(gc => (gc.Index, gc.SizeBytes, gc.FragmentationBytes)),
            heap.Collections.Select(gc => (gc.Index, gc.SizeBytes, gc.FragmentationBytes)));
        FidelityResults.Exact(
            output, "dotnet-loh", stream, RuntimeInformation.FrameworkDescription,
            bases.Compared + heap.Collections.Count, "addresses and full GCs: when, size, fragmentation",
            bases.Different);
    }
}
