using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;

namespace FragGuard.Collector.Tests.Target;

/// <summary>A program whose heap has holes in every generation: objects of all sizes and ages, some of them pinned.</summary>
internal static class HeapChurn
{
    private const int Slots = 6_000;
    private const int LargeSlots = 24;
    private const int PinnedSlots = 60;

    /// <param name="pinEvery">Every how many small arrays one is pinned by a handle; 0 for none.</param>
    public static void Run(int threads, int rounds, int pinEvery)
    {
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(seed => new Thread(() => Work(seed + 1, rounds, pinEvery)))];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
    }

    private static void Work(int seed, int rounds, int pinEvery)
    {
        Random random = new(seed);
        byte[]?[] small = new byte[]?[Slots];
        byte[]?[] large = new byte[]?[LargeSlots];
        byte[]?[] pinned = new byte[]?[PinnedSlots];
        Queue<GCHandle> handles = [];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < Slots; i++)
            {
                byte[] one = new byte[random.Next(1, i % 50 == 0 ? 20_000 : 600)];
                small[random.Next(random.Next(Slots) + 1)] = one;
                if (pinEvery > 0 && i % pinEvery == 0)
                    Pin(handles, one);
            }

            large[random.Next(LargeSlots)] = new byte[random.Next(85_000, 400_000)];
            for (int i = 0; i < 5; i++)
                pinned[random.Next(PinnedSlots)] = GC.AllocateUninitializedArray<byte>(random.Next(10, 30_000), pinned: true);
            if (seed == 1)
                Collect(round);
        }

        foreach (GCHandle handle in handles)
            handle.Free();
        GC.KeepAlive(small);
        GC.KeepAlive(large);
        GC.KeepAlive(pinned);
    }

    private static void Pin(Queue<GCHandle> handles, byte[] one)
    {
        handles.Enqueue(GCHandle.Alloc(one, GCHandleType.Pinned));
        if (handles.Count > 40)
            handles.Dequeue().Free();
    }

    private static void Collect(int round)
    {
        switch (round % 10)
        {
            case 3:
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                break;
            case 5:
                GC.Collect(1, GCCollectionMode.Forced, blocking: true);
                break;
            case 7:
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: false);
                break;
            case 8:
                GC.Collect(2, GCCollectionMode.Forced, blocking: false);
                break;
            case 9:
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
                break;
        }
    }
}
