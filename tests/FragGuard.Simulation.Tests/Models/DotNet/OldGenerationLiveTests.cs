using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against the runtime that runs this test, in a child process with a GC of its own.</summary>
public sealed class OldGenerationLiveTests(ITestOutputHelper output)
{
    private const string Model = "dotnet-gen2";
    private const int Rounds = 60;
    private const int Scripts = 8;

    /// <summary>What generation 0 may take before a GC of its own, as the runtime reads it and as it counts it.</summary>
    private const string YoungSetting = "4000000";
    private const string YoungBytes = "40m";

    /// <summary>
    /// In each round objects are allocated and some die young, the others are made old by two GCs; then old ones die and
    /// a full GC runs. The model plays the objects that do not die young, and the GCs.
    /// </summary>
    /// <param name="objects">New objects of a round.</param>
    /// <param name="youngDeaths">Chance of each to die young.</param>
    [Theory]
    [InlineData(10_000, 0.9)]
    [InlineData(2_000, 0.9)]
    [InlineData(2_000, 0.5)]
    public void ObjectsThatGetOld(int objects, double youngDeaths)
    {
        double size = 0;
        double off = 0;
        int otherwise = 0;
        int compared = 0;
        for (ulong seed = 1; seed <= Scripts; seed++)
        {
            AllocationEvent[] events = Script(seed, objects, youngDeaths, out HashSet<long> old);
            Dictionary<string, string> environment = new(RuntimeReplay.Blocking, StringComparer.Ordinal)
            {
                ["DOTNET_GCgen0size"] = YoungSetting,
            };
            Dictionary<long, RuntimeHeaps> full = RuntimeReplay.Run("gc", new AllocationTrace(events), environment)
                .Skip(1).Select(RuntimeHeaps.Parse).Where(gc => gc.Generation == 2).ToDictionary(gc => gc.Index);
            (RuntimeHeaps Real, GcSample Modelled)[] pairs = [.. Play(events, old, full)];
            Assert.Equal(Rounds, pairs.Length);
            compared += pairs.Length;
            otherwise += pairs.Count(pair => pair.Real.Compacted != pair.Modelled.Compacted);
            size += pairs.Sum(pair => (double)pair.Real.Heaps[2].SizeBytes);
            off += pairs.Sum(pair =>
                Math.Abs((double)pair.Real.Heaps[2].FragmentationBytes - pair.Modelled.FragmentationBytes));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {seed}: {pairs.Count(pair => !pair.Real.Compacted)} swept, {otherwise} decided otherwise so far, gaps off by {off / size:P2}"));
        }

        string program = RuntimeInformation.FrameworkDescription;
        string stream = string.Create(
            CultureInfo.InvariantCulture,
            $"objects that get old, {objects} new per full GC, {100 * youngDeaths:F0} % die young, {Scripts} scripts");
        FidelityResults.Within(
            output, Model, stream + ": decisions", program, compared, "full GCs: sweep or compact",
            100.0 * otherwise / compared, 10, "% decided otherwise");
        FidelityResults.Within(
            output, Model, stream + ": gaps", program, compared, "full GCs: bytes in gaps",
            100 * off / size, 15, "% of the size of generation 2, mean");
    }

    /// <summary>Plays what becomes old, and the GCs of the script; yields the full ones it asked for.</summary>
    private static IEnumerable<(RuntimeHeaps Real, GcSample Modelled)> Play(
        AllocationEvent[] events, HashSet<long> old, Dictionary<long, RuntimeHeaps> full)
    {
        OldGenerationModel model = (OldGenerationModel)AllocatorModels.Create(
            Model, [new("gc", "scripted"), new("gen0", YoungBytes)]);
        GcSample last = default;
        model.Collected = sample => last = sample;
        for (int i = 0; i < events.Length; i++)
        {
            if (events[i].Kind == AllocationEventKind.Collect || old.Contains(events[i].Id))
                model.Apply(events[i]);
            if (events[i] is { Kind: AllocationEventKind.Collect, Id: 2 })
                yield return (full[i], last);
        }
    }

    private static AllocationEvent[] Script(
        ulong seed, int objects, double youngDeaths, out HashSet<long> old)
    {
        SeededRandom random = new(seed);
        List<AllocationEvent> events = [];
        old = [];
        List<long> live = [];
        long next = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int first = live.Count;
            for (int i = 0; i < objects; i++)
            {
                long bytes = random.Next(1, 10) == 1 ? random.Next(1_000, 30_000) : random.Next(8, 1_000);
                events.Add(new AllocationEvent(AllocationEventKind.Allocate, next, bytes));
                live.Add(next++);
            }

            Drop(events, live, first, youngDeaths, random);
            for (int i = first; i < live.Count; i++)
                old.Add(live[i]);
            events.Add(new AllocationEvent(AllocationEventKind.Collect, 0));
            events.Add(new AllocationEvent(AllocationEventKind.Collect, 1));
            Drop(events, live, 0, random.NextRatio() * 0.4, random);
            events.Add(new AllocationEvent(AllocationEventKind.Collect, 2));
        }

        return [.. events];
    }

    private static void Drop(
        List<AllocationEvent> events, List<long> live, int first, double share, SeededRandom random)
    {
        int kept = first;
        for (int i = first; i < live.Count; i++)
        {
            if (random.NextRatio() < share)
                events.Add(new AllocationEvent(AllocationEventKind.Free, live[i]));
            else
                live[kept++] = live[i];
        }

        live.RemoveRange(kept, live.Count - kept);
    }
}
