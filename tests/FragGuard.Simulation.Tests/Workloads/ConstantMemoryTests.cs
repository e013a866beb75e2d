using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Workloads;

/// <summary>
/// A workload streams through in constant memory: with new names in every operation, and as many live blocks and keys, four
/// times the operations allocate no more than once as many.
/// </summary>
public sealed class ConstantMemoryTests
{
    private const int Operations = 1_000_000;
    private const int Live = 1_000;

    /// <summary>Room for what the runtime itself allocates meanwhile, such as compiled code's bookkeeping.</summary>
    private const long Slack = 64 << 10;

    public static TheoryData<string> Models => new(AllocatorModels.All.Select(info => info.Name));

    [Fact]
    public void Reading_TakesTheSameMemoryForMoreOperations()
    {
        Assert.Equal(Operations, Count(Operations));
        Assert.InRange(Growth(() => Count(Operations), () => Count(4 * Operations)), -Slack, Slack);
    }

    [Theory, MemberData(nameof(Models))]
    public void Simulating_TakesTheSameMemoryForMoreOperations(string model)
    {
        AllocatorModelInfo info = AllocatorModels.ByName(model);
        void Play(int operations)
        {
            SimulationResult result = Simulator.Run(Read(operations), info, AllocatorModels.Create(model, SettingsOf(info)));
            Assert.Equal(operations, result.Operations);
        }

        Play(Operations / 10);
        Assert.InRange(Growth(() => Play(Operations / 10), () => Play(4 * Operations / 10)), -Slack, Slack);
    }

    /// <summary>A small generation 0, where there is one: both runs then collect many times.</summary>
    private static IEnumerable<KeyValuePair<string, string>> SettingsOf(AllocatorModelInfo info) =>
        info.Settings.Where(setting => string.Equals(setting.Key, "gen0", StringComparison.Ordinal))
            .Select(setting => new KeyValuePair<string, string>(setting.Key, "256k"));

    /// <summary>
    /// What more operations allocate beyond fewer. Now and then the runtime makes something anew meanwhile, as pooled arrays that a GC
    /// took; so it is asked again where it is much. What grows with the operations does so each time.
    /// </summary>
    private static long Growth(Action fewer, Action more)
    {
        long growth = long.MaxValue;
        for (int attempt = 0; attempt < 3 && Math.Abs(growth) > Slack; attempt++)
            growth = AllocatedBy(more) - AllocatedBy(fewer);
        return growth;
    }

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Count(int operations) => Read(operations).Events.LongCount();

    private static AllocationTrace Read(int operations) => WorkloadReader.Read(Text(operations));

    /// <summary>
    /// Blocks and entries that live for a while each, all of them with names never used before. At the end comes a trim: the
    /// last layout, whose length is that of the heap, draws no garbage, of which there is less or more at any time.
    /// </summary>
    private static IEnumerable<ArraySegment<byte>> Text(int operations)
    {
        byte[] chunk = new byte[1 << 12];
        int length = 0;
        for (int i = 0; i < operations - 1; i++)
        {
            int born = i / 4;
            int dying = born - Live;
            length = (i % 4) switch
            {
                0 => Write(chunk, length, "alloc block-number-"u8, born, " 100"u8),
                1 => Write(chunk, length, "set page-of-key-"u8, born, " 24"u8),
                2 when dying >= 0 => Write(chunk, length, "free block-number-"u8, dying, ""u8),
                3 when dying >= 0 => Write(chunk, length, "delete page-of-key-"u8, dying, ""u8),
                _ => Write(chunk, length, "get absent-key-"u8, i, ""u8),
            };
            if (length <= chunk.Length - 100)
                continue;
            yield return new ArraySegment<byte>(chunk, 0, length);
            length = 0;
        }

        "trim\n"u8.CopyTo(chunk.AsSpan(length));
        yield return new ArraySegment<byte>(chunk, 0, length + "trim\n"u8.Length);
    }

    private static int Write(byte[] chunk, int at, ReadOnlySpan<byte> before, int number, ReadOnlySpan<byte> after)
    {
        before.CopyTo(chunk.AsSpan(at));
        at += before.Length;
        Assert.True(number.TryFormat(chunk.AsSpan(at), out int digits, default, null));
        at += digits;
        after.CopyTo(chunk.AsSpan(at));
        at += after.Length;
        chunk[at] = (byte)'\n';
        return at + 1;
    }
}
