using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.SizeClassed.Tcmalloc;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>The model against the real library, the blocks that the process has before main given to both.</summary>
public sealed class LiveTcmallocTests(ITestOutputHelper output)
{
    private const string Name = "tcmalloc";
    private const string Program = "gperftools 2.10";
    private const int Statistics = 8;
    private const long FirstEarlyId = 1 << 30;

    public static TheoryData<string, string> Streams()
    {
        TheoryData<string, string> data = [];
        foreach (string stream in BlockStreams.Names)
        {
            data.Add(stream, "1");
            data.Add(stream, "0");
        }

        return data;
    }

    [Fact]
    public void UsableSizes_AreTheSame()
    {
        using PreloadedAllocator allocator = Preload();
        UsableSizes.Compare(output, allocator, Name, Program);
    }

    [Theory, MemberData(nameof(Streams))]
    public void Process_HasTheSameFootprint(string stream, string releaseRate) => CompareStatistics(
        stream, $"{stream}, release rate {releaseRate}", "release_rate", releaseRate);

    [Theory, MemberData(nameof(StreamNames))]
    public void SmallThreadCaches_AreFilledAlike(string stream) => CompareStatistics(
        stream, $"{stream}, 512 KiB of thread caches", "max_total_thread_cache_bytes", "524288");

    [Fact]
    public void FreesAfterTrims_LeaveTheSameFootprint() => CompareStatistics(
        BlockStreams.Trims, BlockStreams.Trims, "release_rate", "1");

    private void CompareStatistics(string stream, string played, string setting, string value)
    {
        AllocationEvent[] events = BlockStreams.Of(stream);
        using PreloadedAllocator allocator = Preload();
        allocator.Settings["TCMALLOC_" + setting.ToUpperInvariant()] = value;
        long[] answers = allocator.Play([DriverOperation.Checkpoint, .. LiveStream.Operations(events)]);

        TcmallocModel model = (TcmallocModel)AllocatorModels.Create(
            Name, [new KeyValuePair<string, string>(setting, value)]);
        AllocateEarly(model, answers[0]);
        int different = 0;
        int checkpoint = 0;
        foreach (int at in LiveStream.Checkpoints(model, events).Prepend(-1))
        {
            ReadOnlySpan<long> real = answers.AsSpan(checkpoint++ * Statistics, Statistics);
            long[] modelled =
            [
                model.Counters.GrantedBytes,
                model.Heap.Pages.SystemBytes,
                model.Heap.Pages.FreeBytes,
                model.Heap.Pages.ReturnedBytes,
                model.Heap.CentralBytes,
                model.Heap.TransferBytes,
                model.Heap.ThreadBytes,
            ];
            for (int i = 0; i < modelled.Length; i++)
            {
                if (modelled[i] != real[i] && different++ < 10)
                    output.WriteLine($"event {at}, statistic {i}: {real[i]} really, {modelled[i]} modelled");
            }
        }

        FidelityResults.Exact(
            output, Name, played, Program, checkpoint * 7,
            "statistics: allocated, heap, free, unmapped, central, transfer, thread", different);
    }

    public static TheoryData<string> StreamNames() => new(BlockStreams.Names);

    [Theory, MemberData(nameof(StreamNames))]
    public void Heap_HoldsBlocksAtTheSameAddresses(string stream)
    {
        AllocationEvent[] events = BlockStreams.Of(stream, seed: 3);
        using PreloadedAllocator allocator = Preload();
        long[] answers = allocator.Play([DriverOperation.Checkpoint, .. BlockAddresses.Operations(events)]);

        TcmallocModel model = (TcmallocModel)AllocatorModels.Create(Name);
        AllocateEarly(model, answers[0]);
        (int compared, int different) = BlockAddresses.Compare(
            output, model, events, answers.AsSpan(Statistics), _ => 0, _ => 1);
        FidelityResults.Exact(
            output, Name, $"{stream}, seed 3", Program, compared, "addresses of blocks within the heap", different);
    }

    /// <summary>
    /// What libc allocates for each thread is given to the model as one sum, and is part of the deviation.
    /// </summary>
    [Fact]
    public void Threads_HaveTheSameFootprint()
    {
        AllocationEvent[] events = BlockStreams.Of(BlockStreams.Threads);
        using PreloadedAllocator allocator = Preload("threads");
        long[] answers = allocator.Play([DriverOperation.Checkpoint, .. LiveStream.Operations(events)]);

        TcmallocModel model = (TcmallocModel)AllocatorModels.Create(Name);
        AllocateEarly(model, answers[0]);
        FootprintDeviation active = new(output);
        int checkpoint = 1;
        foreach (int at in LiveStream.Checkpoints(model, events))
        {
            ReadOnlySpan<long> real = answers.AsSpan(checkpoint++ * Statistics, Statistics);
            active.Add(at, real[1] - real[2] - real[3], model.Heap.Pages.SystemBytes - model.Heap.Pages.FreeBytes
                - model.Heap.Pages.ReturnedBytes);
        }

        FidelityResults.Within(
            output, Name, BlockStreams.Threads, Program, active.Compared, "heaps less their free spans",
            active.Percent, FootprintDeviation.BoundPercent, "% off");
    }

    /// <summary>
    /// Allocates what the process holds before main, as few blocks as make up the sum: libstdc++'s emergency pool, then
    /// the
    /// small ones in the order of their sizes.
    /// </summary>
    private static void AllocateEarly(TcmallocModel model, long bytes)
    {
        List<long> early = [];
        for (; bytes > 0; bytes -= early[^1])
            early.Add(TcmallocSizeClasses.Bytes.Last(one => one <= bytes));
        early.Reverse(1, early.Count - 1);
        for (int i = 0; i < early.Count; i++)
            model.Apply(new AllocationEvent(AllocationEventKind.Allocate, FirstEarlyId + i, early[i]));
    }

    private static PreloadedAllocator Preload(params string[] arguments) =>
        new(Name, "libtcmalloc_minimal.so.4") { Arguments = arguments };
}
