using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Tests.Target;

/// <summary>
/// A program whose GCs sometimes move objects and sometimes do not: every round another share of its small arrays dies, young
/// ones and old ones apart, and ends in a GC of a generation drawn at random.
/// </summary>
internal static class HeapMix
{
    private const long RoundBytes = 8 << 20;
    private const int MostLive = 40_000;
    private const int MostPinned = 200;
    private const double OldDeaths = 0.35;
    private const double YoungDeaths = 0.5;
    private const double DeathsWhenFull = 0.6;

    /// <param name="pinEvery">Every how many arrays one is pinned by a handle, about; 0 for none.</param>
    public static void Run(int seed, int rounds, int pinEvery)
    {
        Random random = new(seed);
        List<byte[]> live = new(4 * MostLive);
        Queue<GCHandle> handles = [];
        HashSet<object> pinned = new(ReferenceEqualityComparer.Instance);
        for (int round = 0; round < rounds; round++)
        {
            double dies = live.Count > MostLive ? DeathsWhenFull : random.NextDouble() * OldDeaths;
            int young = live.Count;
            for (long bytes = 0; bytes < RoundBytes; bytes += live[^1].Length)
            {
                live.Add(new byte[SizeOf(random)]);
                if (pinEvery > 0 && random.Next(pinEvery) == 0 && pinned.Add(live[^1]))
                    handles.Enqueue(GCHandle.Alloc(live[^1], GCHandleType.Pinned));
            }

            Drop(random, live, pinned, young, random.NextDouble() * YoungDeaths);
            Drop(random, live, pinned, 0, dies);
            while (handles.Count > MostPinned)
            {
                GCHandle handle = handles.Dequeue();
                pinned.Remove(handle.Target!);
                handle.Free();
            }

            GC.Collect(random.Next(3), GCCollectionMode.Forced, blocking: true, compacting: false);
        }

        foreach (GCHandle handle in handles)
            handle.Free();
        GC.KeepAlive(live);
    }

    private static int SizeOf(Random random) => random.Next(1, 21) switch
    {
        <= 12 => random.Next(1, 500),
        <= 18 => random.Next(500, 4_000),
        _ => random.Next(4_000, 60_000),
    };

    private static void Drop(Random random, List<byte[]> live, HashSet<object> pinned, int from, double share)
    {
        int kept = from;
        for (int i = from; i < live.Count; i++)
        {
            if (random.NextDouble() >= share || pinned.Contains(live[i]))
                live[kept++] = live[i];
        }

        live.RemoveRange(kept, live.Count - kept);
    }
}
