using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>Scripts played in a real process and in the model, and the sums of where the two differ after each GC.</summary>
internal sealed class GcComparison(ITestOutputHelper output)
{
    private const int HeaderBytes = 24;
    private const int StaticBytes = 1024;
    private const int StaticCollections = 2;

    /// <summary>The runtime takes five eighths of the size it is given (in hexadecimal) as the budget.</summary>
    private const string YoungBytes = "40m";
    private const string YoungSetting = "4000000";

    private double _oldBytes;
    private double _oldGapBytes;

    public int Collections { get; private set; }

    /// <summary>GCs that swept in one and compacted in the other.</summary>
    public int DecidedOtherwise { get; private set; }

    /// <summary>Heaps of large or pinned objects with another size or fragmentation.</summary>
    public int HeapDifferences { get; private set; }

    /// <summary>Mean difference of the bytes in gaps of generation 2 as a share of its size, after all GCs.</summary>
    public double OldGapShare => _oldGapBytes / _oldBytes;

    /// <param name="compacts">Whether every GC of the script compacts small objects, and a trim large ones.</param>
    /// <param name="conserve">GCConserveMemory.</param>
    public void Play(string name, AllocationTrace trace, bool compacts = false, string conserve = "0")
    {
        Dictionary<string, string> environment = new(RuntimeReplay.Blocking, StringComparer.Ordinal)
        {
            ["DOTNET_GCgen0size"] = YoungSetting,
            ["DOTNET_GCConserveMemory"] = conserve,
        };
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("gc", trace, environment, compacts);
        string compactsText = compacts ? "true" : "false";
        GcHeapModel model = (GcHeapModel)AllocatorModels.Create(
            "dotnet-gc",
            [new("gen0", YoungBytes), new("conserve", conserve), new("force", compactsText), new("compact", compactsText)]);
        List<GcHeapSample> collections = [];
        model.Collected = collections.Add;
        int statics = PlayStatics(model, RuntimeHeaps.Parse(lines[0]));
        foreach (AllocationEvent next in trace.Events)
            model.Apply(next);

        RuntimeHeaps[] real = [.. lines.Skip(1).Select(RuntimeHeaps.Parse)];
        GcHeapSample[] modelled = [.. collections.Skip(StaticCollections)];
        Assert.Equal(real.Select(gc => gc.Index + statics), modelled.Select(gc => gc.Index));
        Add(name, real, modelled);
    }

    private void Add(string name, RuntimeHeaps[] real, GcHeapSample[] modelled)
    {
        (RuntimeHeaps Real, GcHeapSample Modelled)[] pairs = [.. real.Zip(modelled)];
        int otherwise = pairs.Count(pair => pair.Real.Compacted != pair.Modelled.Compacted);
        int differences = pairs.Count(pair => pair.Real.Heaps[3] != pair.Modelled.Large)
            + pairs.Count(pair => pair.Real.Heaps[4] != pair.Modelled.Pinned);
        double bytes = real.Sum(gc => (double)gc.Heaps[2].SizeBytes);
        double gaps = pairs.Sum(pair => Math.Abs(
            (double)pair.Real.Heaps[2].FragmentationBytes - pair.Modelled.Oldest.FragmentationBytes));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {real.Length} GCs, {real.Count(gc => !gc.Compacted)} swept, {otherwise} decided otherwise, "
            + $"{pairs.Count(pair => pair.Real.Generation != pair.Modelled.Generation)} of another generation; generation 2 "
            + $"{bytes / real.Length / 1e6:F1} MB, {real.Sum(gc => gc.Heaps[2].FragmentationBytes) / bytes:P2} gaps, "
            + $"off by {gaps / bytes:P2}; {differences} differences of large and pinned heaps"));
        Collections += real.Length;
        DecidedOtherwise += otherwise;
        HeapDifferences += differences;
        _oldBytes += bytes;
        _oldGapBytes += gaps;
    }

    /// <summary>What the runtime keeps for itself: objects of generation 2, and static fields among the pinned ones.</summary>
    /// <returns>Number of events played.</returns>
    private static int PlayStatics(GcHeapModel model, RuntimeHeaps before)
    {
        List<AllocationEvent> events =
        [
            new(AllocationEventKind.Allocate, -1, before.Heaps[4].SizeBytes - HeaderBytes, Traits: BlockTraits.Pinned),
        ];
        for (long left = before.Heaps[2].SizeBytes; left > StaticBytes; left -= StaticBytes)
            events.Add(new AllocationEvent(AllocationEventKind.Allocate, -2 - left, StaticBytes - HeaderBytes));
        for (int i = 0; i < StaticCollections; i++)
            events.Add(new AllocationEvent(AllocationEventKind.Collect, 2));
        foreach (AllocationEvent next in events)
            model.Apply(next);
        return events.Count;
    }
}
