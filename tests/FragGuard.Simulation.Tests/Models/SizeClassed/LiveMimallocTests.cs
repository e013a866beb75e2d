using System;
using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.SizeClassed.Mimalloc;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>
/// The model against the real library, whose delays are switched off: free slices go at once, or never.
/// </summary>
public sealed class LiveMimallocTests(ITestOutputHelper output)
{
    private const string Name = "mimalloc";
    private const string Program = "mimalloc 2.0";
    private const int Statistics = 2;

    public static TheoryData<string, bool> Streams()
    {
        TheoryData<string, bool> data = [];
        foreach (string stream in BlockStreams.Names)
        {
            data.Add(stream, true);
            data.Add(stream, false);
        }

        data.Add(BlockStreams.Aligned, false);
        return data;
    }

    [Fact]
    public void UsableSizes_AreTheSame()
    {
        using PreloadedAllocator allocator = Preload();
        UsableSizes.Compare(output, allocator, Name, Program);
    }

    [Theory, MemberData(nameof(Streams))]
    public void Process_HasTheSameFootprint(string stream, bool allowsDecommit)
    {
        AllocationEvent[] events = BlockStreams.Of(stream);
        using PreloadedAllocator allocator = Preload();
        allocator.Settings["MIMALLOC_ALLOW_DECOMMIT"] = allowsDecommit ? "1" : "0";
        allocator.Settings["MIMALLOC_DECOMMIT_DELAY"] = "0";
        allocator.Settings["MIMALLOC_SEGMENT_DECOMMIT_DELAY"] = "0";
        long[] answers = allocator.Play([DriverOperation.Checkpoint, .. LiveStream.Operations(events)]);

        IAllocatorModel model = AllocatorModels.Create(
            Name,
            [
                new KeyValuePair<string, string>("allow_decommit", allowsDecommit ? "true" : "false"),
                new KeyValuePair<string, string>("decommit_delay", "0"),
                new KeyValuePair<string, string>("segment_decommit_delay", "0"),
            ]);
        FootprintDeviation resident = new(output);
        int different = 0;
        int checkpoint = 1;
        foreach (int at in LiveStream.Checkpoints(model, events))
        {
            ReadOnlySpan<long> real = answers.AsSpan(checkpoint++ * Statistics, Statistics);
            if (real[0] - answers[0] != model.Counters.CommittedBytes && different++ < 10)
            {
                output.WriteLine(
                    $"event {at}: {real[0] - answers[0]} really committed, {model.Counters.CommittedBytes} modelled");
            }

            resident.Add(at, real[1] - answers[1], model.Counters.ResidentBytes);
        }

        string played = allowsDecommit ? $"{stream}, free slices given back at once" : $"{stream}, no decommit";
        FidelityResults.Exact(output, Name, played + ": C", Program, checkpoint - 1, "committed bytes", different);
        FidelityResults.Within(
            output, Name, played + ": R", Program, resident.Compared, "growths of the anonymous resident pages",
            resident.Percent, FootprintDeviation.BoundPercent, "% off");
    }

    public static TheoryData<string> StreamNames() => new(BlockStreams.Names);

    [Theory, MemberData(nameof(StreamNames))]
    public void Segments_HoldBlocksAtTheSameAddresses(string stream)
    {
        AllocationEvent[] events = BlockStreams.Of(stream, seed: 3);
        using PreloadedAllocator allocator = Preload();
        allocator.Settings["MIMALLOC_ALLOW_DECOMMIT"] = "0";
        long[] addresses = allocator.Play(BlockAddresses.Operations(events));

        IAllocatorModel model =
            AllocatorModels.Create(Name, [new KeyValuePair<string, string>("allow_decommit", "false")]);
        (int compared, int different) = BlockAddresses.Compare(
            output, model, events, addresses, offset => offset / MimallocSizeClasses.SegmentBytes, _ => 1);
        FidelityResults.Exact(
            output, Name, $"{stream}, seed 3", Program, compared, "addresses of blocks within their segments", different);
    }

    /// <summary>
    /// Each thread's records of a few pages, which the library counts as committed too, are part of the deviation.
    /// </summary>
    [Fact]
    public void Threads_HaveTheSameFootprint()
    {
        AllocationEvent[] events = BlockStreams.Of(BlockStreams.Threads);
        using PreloadedAllocator allocator = Preload("threads");
        allocator.Settings["MIMALLOC_ALLOW_DECOMMIT"] = "0";
        long[] answers = allocator.Play(LiveStream.Operations(events));

        IAllocatorModel model =
            AllocatorModels.Create(Name, [new KeyValuePair<string, string>("allow_decommit", "false")]);
        FootprintDeviation committed = new(output);
        int checkpoint = 0;
        foreach (int at in LiveStream.Checkpoints(model, events))
            committed.Add(at, answers[checkpoint++ * Statistics], model.Counters.CommittedBytes);
        FidelityResults.Within(
            output, Name, BlockStreams.Threads, Program, committed.Compared, "committed bytes",
            committed.Percent, FootprintDeviation.BoundPercent, "% off");
    }

    private static PreloadedAllocator Preload(params string[] arguments) =>
        new(Name, "libmimalloc.so.2") { Arguments = arguments };
}
