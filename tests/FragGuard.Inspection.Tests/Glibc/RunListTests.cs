using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class RunListTests(ITestOutputHelper output)
{
    private const ulong Start = 0x5500_0000_0000;

    /// <summary>The list that is filled may be longer than what was passed of the other one, and shorter.</summary>
    [Fact]
    public void DrainedRuns_AreThoseOfTheListAlthoughItsRoomIsFilledAnew()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 20; round++)
        {
            List<ChunkRun> runs = Draw(random, random.Next(1, 40_000));
            List<ChunkRun> split = [];
            Stack<uint[]> spent = [];
            RunList into = new(Start, long.MaxValue, spare: spent);
            int next = 0;
            int most = random.Next(1, 4);

            using IEnumerator<ChunkRun> drained = List(runs).Drain(spent);
            while (drained.MoveNext())
            {
                Assert.Equal(runs[next++], drained.Current);
                foreach (ChunkRun piece in Pieces(drained.Current, random.Next(1, most + 1)))
                {
                    split.Add(piece);
                    into.Add(piece.Start, piece.Bytes, piece.Use);
                }
            }

            Assert.Equal(runs.Count, next);
            Assert.True(split.SequenceEqual(into.Finish()!));
        }
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

        using IEnumerator<ChunkRun> drained = before.Drain(spent);
        while (drained.MoveNext())
            into.Add(drained.Current.Start, drained.Current.Bytes, drained.Current.Use);
        ChunkRunCollection after = into.Finish()!;

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(runs.SequenceEqual(after));
        Assert.InRange(allocated, 0, count * sizeof(uint) / 10);
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
