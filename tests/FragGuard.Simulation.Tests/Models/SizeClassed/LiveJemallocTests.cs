using System;
using System.Collections.Generic;
using System.Globalization;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.SizeClassed.Jemalloc;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>
/// The model against the real library. An arena and a thread cache of its own start empty, so every statistic of the
/// arena
/// can be compared as it is; the whole process, with what it allocates before main, only by what the stream adds.
/// </summary>
public sealed class LiveJemallocTests(ITestOutputHelper output)
{
    private const string Name = "jemalloc";
    private const string Program = "jemalloc 5.3";
    private const int Statistics = 10;

    public static TheoryData<string, int> Streams()
    {
        TheoryData<string, int> data = [];
        foreach (string stream in BlockStreams.Names)
        {
            data.Add(stream, -1);
            data.Add(stream, 0);
        }

        return data;
    }

    public static TheoryData<string> StreamNames() => new(BlockStreams.Names);

    public static TheoryData<string> ProcessStreams() => new([.. BlockStreams.Names, BlockStreams.Threads]);

    [Fact]
    public void UsableSizes_AreTheSame()
    {
        using PreloadedAllocator allocator = Preload();
        UsableSizes.Compare(output, allocator, Name, Program);
    }

    [Theory, MemberData(nameof(Streams))]
    public void Arena_HoldsTheSameBytes(string stream, int decayMilliseconds)
    {
        AllocationEvent[] events = BlockStreams.Of(stream);
        using PreloadedAllocator allocator = Preload("arena");
        string decay = decayMilliseconds.ToString(CultureInfo.InvariantCulture);
        allocator.Settings["MALLOC_CONF"] = $"dirty_decay_ms:{decay}";
        long[] answers = allocator.Play(LiveStream.Operations(events));

        JemallocModel model = (JemallocModel)AllocatorModels.Create(
            Name, [new KeyValuePair<string, string>("dirty_decay_ms", decay)]);
        int checkpoint = 0;
        int different = 0;
        foreach (int at in LiveStream.Checkpoints(model, events))
        {
            ReadOnlySpan<long> real = answers.AsSpan(checkpoint++ * Statistics, 6);
            long[] modelled =
            [
                model.ActiveBytes,
                model.Counters.FreePageBytes,
                0,
                model.RetainedBytes,
                model.Counters.GrantedBytes + model.CachedBytes,
                model.CachedBytes,
            ];
            for (int i = 0; i < modelled.Length; i++)
            {
                if (modelled[i] != real[i] && different++ < 10)
                    output.WriteLine($"event {at}, statistic {i}: {real[i]} really, {modelled[i]} modelled");
            }
        }

        FidelityResults.Exact(
            output, Name, $"{stream}, dirty_decay_ms {decay}", Program, checkpoint * 6,
            "arena statistics: active, dirty, muzzy, retained, allocated, cached", different);
    }

    /// <summary>Large blocks start at a random line of their first page, so their pages are compared.</summary>
    [Theory, MemberData(nameof(StreamNames))]
    public void Arena_HoldsBlocksAtTheSameAddresses(string stream)
    {
        AllocationEvent[] events = BlockStreams.Of(stream, seed: 3);
        using PreloadedAllocator allocator = Preload("arena");
        allocator.Settings["MALLOC_CONF"] = "dirty_decay_ms:-1";
        long[] addresses = allocator.Play(BlockAddresses.Operations(events));

        JemallocModel model = (JemallocModel)AllocatorModels.Create(
            Name, [new KeyValuePair<string, string>("dirty_decay_ms", "-1")]);
        (int compared, int different) = BlockAddresses.Compare(
            output, model, events, addresses, model.MappingOf, UnitOf);
        FidelityResults.Exact(
            output, Name, $"{stream}, seed 3", Program, compared, "addresses of blocks within their mappings", different);

        static long UnitOf(AllocationEvent placed) =>
            placed.Bytes > JemallocSizeClasses.LargestSmall ? JemallocSizeClasses.PageBytes : 1;
    }

    [Theory, MemberData(nameof(ProcessStreams))]
    public void Process_HasTheSameFootprint(string stream)
    {
        AllocationEvent[] events = BlockStreams.Of(stream, seed: 2);
        bool hasThreads = string.Equals(stream, BlockStreams.Threads, StringComparison.Ordinal);
        using PreloadedAllocator allocator = Preload(hasThreads ? "threads" : "process");
        long[] answers = allocator.Play([DriverOperation.Checkpoint, .. LiveStream.Operations(events)]);

        IAllocatorModel model = AllocatorModels.Create(Name);
        FootprintDeviation deviation = new(output);
        int checkpoint = 1;
        foreach (int at in LiveStream.Checkpoints(model, events))
        {
            ReadOnlySpan<long> real = answers.AsSpan(checkpoint++ * Statistics, Statistics);
            deviation.Add(at, real[7] - answers[7], ((JemallocModel)model).ActiveBytes);
        }

        FidelityResults.Within(
            output, Name, $"{stream}, all defaults", Program, deviation.Compared, "growths of stats.active",
            deviation.Percent, FootprintDeviation.BoundPercent, "% off");
    }

    private static PreloadedAllocator Preload(params string[] arguments) =>
        new(Name, "libjemalloc.so.2") { Arguments = arguments };
}
