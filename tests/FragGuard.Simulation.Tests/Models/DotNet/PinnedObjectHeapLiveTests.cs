using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against the runtime that runs this test, in a child process with a GC of its own.</summary>
public sealed class PinnedObjectHeapLiveTests(ITestOutputHelper output)
{
    /// <summary>Every region starts at a multiple of it.</summary>
    private const long RegionAlignmentBytes = 4 << 20;
    private const long RegionHeaderBytes = 40;
    private const long ArrayHeaderBytes = 24;

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 8 << 10)]
    [InlineData(3, 300 << 10)]
    [InlineData(4, 4 << 20)]
    public void ScriptedTrace_GivesTheSameAddresses(ulong seed, long maxBytes)
    {
        AllocationTrace trace = LohTrace.Random(
            seed, maxBytes > 1 << 20 ? 1_500 : 6_000, maxBytes, collectEvery: 60, minBytes: 0);
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("poh", trace, RuntimeReplay.Blocking);
        IReadOnlyList<long> addresses = RuntimeReplay.Addresses(lines);
        PinnedObjectHeapModel model = (PinnedObjectHeapModel)AllocatorModels.Create(
            "dotnet-poh", [new KeyValuePair<string, string>("gc", "self")]);
        List<GcSample> collections = [];
        model.Collected = collections.Add;
        PlayStatics(model, addresses.First(address => address != 0));

        RegionBases bases = new();
        foreach ((AllocationEvent played, long address) in trace.Events.Zip(addresses))
        {
            long offset = model.Apply(played).OffsetBytes;
            if (offset >= 0)
                bases.Compare(offset, address);
        }

        Assert.Equal(
            RuntimeReplay.Collections(lines).Select(gc => (gc.Index + 1, gc.SizeBytes, gc.FragmentationBytes)),
            collections.Select(gc => (gc.Index, gc.SizeBytes, gc.FragmentationBytes)));
        FidelityResults.Exact(
            output, "dotnet-poh", $"random pinned arrays up to {maxBytes} bytes, scripted and own blocking GCs, seed {seed}",
            RuntimeInformation.FrameworkDescription, bases.Compared + collections.Count,
            "addresses and full GCs: when, size, fragmentation", bases.Different);
    }

    /// <summary>What the runtime put on the heap before the first array: where it keeps static fields.</summary>
    private static void PlayStatics(PinnedObjectHeapModel model, long firstAddress)
    {
        long bytes = (firstAddress & (RegionAlignmentBytes - 1)) - RegionHeaderBytes;
        model.Apply(new AllocationEvent(AllocationEventKind.Allocate, -1, bytes - ArrayHeaderBytes));
    }
}
