using System;
using System.Linq;

namespace FragGuard.FragTrace.Tests.Target;

/// <summary>
/// Large objects of which a share is dead between those that live on, looked at by several full GCs: the share is the
/// fragmentation of the large-object heap, up to chance of a point.
/// </summary>
internal static class LargeHoles
{
    private const int Blocks = 400;
    private const int BlockBytes = 100_000;
    private const int FullGcs = 12;

    /// <param name="percent">Share of the blocks that dies.</param>
    /// <param name="seed">Which ones die, and how many more or fewer.</param>
    public static void Make(int percent, int seed)
    {
        Random random = new(seed);
        byte[]?[] blocks = new byte[]?[Blocks];
        GC.TryStartNoGCRegion(2L * Blocks * BlockBytes);
        for (int i = 0; i < Blocks; i++)
            blocks[i] = GC.AllocateUninitializedArray<byte>(BlockBytes);
        GC.EndNoGCRegion();
        GC.Collect();

        int[] order = [.. Enumerable.Range(0, Blocks)];
        random.Shuffle(order);
        int dead = (Blocks * percent / 100) + random.Next(-Blocks / 100, (Blocks / 100) + 1);
        foreach (int i in order.Take(dead))
            blocks[i] = null;
        for (int i = 0; i < FullGcs; i++)
            GC.Collect();
        GC.KeepAlive(blocks);
    }
}
