using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class RunListTests
{
    private const ulong Start = 0x5500_0000_0000;

    private readonly ITestOutputHelper _output;
    private readonly int _seed = Environment.TickCount;
    private readonly Random _random;

    public RunListTests(ITestOutputHelper output)
    {
        _output = output;
        _random = new Random(_seed);
    }

    [Fact]
    public void Runs_AreThoseThatWereAdded() => ForEachRound(runs =>
    {
        ChunkRunCollection kept = List(runs);

        Assert.Equal(runs.Count, kept.Count);
        Assert.True(runs.SequenceEqual(kept));
        Assert.Equal(runs.Count, kept.Parts.Sum(part => part.Runs));
        Assert.Equal(Start, kept.Parts[0].Start);
        Assert.Equal(runs[^1].End, kept.Parts[^1].End);
        Assert.All(kept.Parts.Zip(kept.Parts.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    });

    [Fact]
    public void Parts_MayBeTakenOverOrWrittenAnew() => ForEachRound(runs =>
    {
        List<ChunkRun> pieces = [];
        Stack<uint[]> spent = [];
        RunList into = new(Start, long.MaxValue, spare: spent);
        foreach (RunPart part in List(runs).Parts)
        {
            using ChunkRunCursor of = new([part]);
            bool isTaken = _random.Next(2) == 0;
            while (of.MoveNext())
            {
                foreach (ChunkRun piece in Pieces(of.Current, isTaken ? 1 : _random.Next(1, 4)))
                {
                    pieces.Add(piece);
                    if (!isTaken)
                        into.Add(piece.Start, piece.Bytes, piece.Use);
                }
            }

            if (isTaken)
                into.Add(part);
            else
                spent.Push(part.Entries);
        }

        ChunkRunCollection split = into.Finish()!;

        Assert.Equal(pieces.Count, split.Count);
        Assert.True(pieces.SequenceEqual(split));
    });

    [Fact]
    public void UsedRunsBesideEachOther_AreOneUnlessAskedFor()
    {
        RunList joined = new(Start, long.MaxValue);
        RunList apart = new(Start, long.MaxValue, joins: false);
        foreach (RunList list in new[] { joined, apart })
        {
            list.Add(Start, 32, ChunkUse.Used);
            list.Add(Start + 32, 48, ChunkUse.Used);
            list.Add(Start + 96, 16, ChunkUse.Free);
        }

        ChunkRun[] last = [new(Start + 80, 16, ChunkUse.Outside), new(Start + 96, 16, ChunkUse.Free)];
        Assert.Equal([new(Start, 80, ChunkUse.Used), .. last], joined.Finish()!);
        Assert.Equal([new(Start, 32, ChunkUse.Used), new(Start + 32, 48, ChunkUse.Used), .. last], apart.Finish()!);
    }

    [Fact]
    public void TooManyRuns_AreNotKept()
    {
        List<ChunkRun> runs = Draw(new Random(1), 5000);
        RunList few = new(Start, runs.Count);
        RunList enough = new(Start, runs.Count + 1);
        foreach (ChunkRun run in runs)
        {
            few.Add(run.Start, run.Bytes, run.Use);
            enough.Add(run.Start, run.Bytes, run.Use);
        }

        Assert.Null(few.Finish());
        Assert.Equal(runs.Count, enough.Finish()!.Count);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void ListsThatShare_KeepNoMoreThanTheyMayTogether(int more, bool isTooLong)
    {
        List<ChunkRun> runs = Draw(new Random(1), 5000);
        RunBudget shared = new((2 * runs.Count) + more);
        RunList[] lists = [.. Enumerable.Range(0, 2).Select(_ => new RunList(Start, long.MaxValue, shared: shared))];
        foreach (RunList list in lists)
        {
            foreach (ChunkRun run in runs)
                list.Add(run.Start, run.Bytes, run.Use);
        }

        Assert.Equal(runs.Count, lists[0].Finish()!.Count);
        Assert.Equal(isTooLong, lists[1].Finish() is null);
    }

    [Fact]
    public void RoomOfWhatWasPassed_IsFilledBeforeNewOneIsMade()
    {
        const int count = 300_000;
        List<ChunkRun> runs = Draw(new Random(1), count);
        ChunkRunCollection before = List(runs);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Stack<uint[]> spent = [];
        RunList into = new(Start, long.MaxValue, spare: spent);

        foreach (RunPart part in before.Parts)
        {
            using ChunkRunCursor of = new([part]);
            while (of.MoveNext())
                into.Add(of.Current.Start, of.Current.Bytes, of.Current.Use);
            spent.Push(part.Entries);
        }

        ChunkRunCollection after = into.Finish()!;

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(runs.SequenceEqual(after));
        Assert.InRange(allocated, 0, count * sizeof(uint) / 5);
    }

    private void ForEachRound(Action<List<ChunkRun>> check)
    {
        _output.WriteLine($"seed {_seed}");
        for (int round = 0; round < 20; round++)
            check(Draw(_random, _random.Next(1, 200_000)));
    }

    /// <summary>Free runs stay apart, so each is one.</summary>
    private static List<ChunkRun> Draw(Random random, int count)
    {
        List<ChunkRun> runs = [];
        ulong at = Start;
        for (int i = 0; i < count; i++)
        {
            long bytes = 16 * (random.Next(1000) == 0 ? random.NextInt64(1, 1L << 33) : random.NextInt64(2, 100));
            runs.Add(new ChunkRun(at, bytes, ChunkUse.Free));
            at += (ulong)bytes;
        }

        return runs;
    }

    private static ChunkRunCollection List(List<ChunkRun> runs)
    {
        RunList list = new(Start, long.MaxValue);
        foreach (ChunkRun run in runs)
            list.Add(run.Start, run.Bytes, run.Use);
        return list.Finish()!;
    }

    private static IEnumerable<ChunkRun> Pieces(ChunkRun run, int count)
    {
        ulong at = run.Start;
        for (int left = count; left > 1 && (long)(run.End - at) > 16; left--)
        {
            yield return new ChunkRun(at, 16, ChunkUse.Free);
            at += 16;
        }

        yield return new ChunkRun(at, (long)(run.End - at), ChunkUse.Free);
    }
}
