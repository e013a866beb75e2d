using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;

namespace FragGuard.Collector.Tests.Target;

/// <summary>Rents and returns at random on several threads, and prints what it counted and what each pool then holds.</summary>
internal static class PoolTruth
{
    private const int Loss = 17;

    public static void Run(int threads, int rounds, bool collect)
    {
        CountedPool[] pools =
        [
            new CountedPool<byte>(ArrayPool<byte>.Shared, 1 << 17, 1 << 18),
            new CountedPool<char>(ArrayPool<char>.Shared, 1 << 15),
            new CountedPool<string>(ArrayPool<string>.Shared, 1 << 13),
            new CountedPool<Triple>(ArrayPool<Triple>.Shared, 1 << 14),
            new CountedPool<int>(ArrayPool<int>.Create(1 << 16, 3), 1 << 15, 1 << 16, (1 << 16) + 5),
            new CountedPool<long>(ArrayPool<long>.Create(), 1 << 14),
        ];
        using Barrier together = new(threads + 1);
        using ManualResetEventSlim end = new();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() => Work(pools, i, rounds, together, end)))];
        foreach (Thread worker in workers)
            worker.Start();
        together.SignalAndWait();
        if (collect)
        {
            // Arrays in threads that have ended go with them.
            end.Set();
            foreach (Thread worker in workers)
                worker.Join();
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }

        foreach (CountedPool pool in pools)
            pool.Print();
        Truth.Say("limits", SharedLimit("s_partitionCount"), SharedLimit("s_maxArraysPerPartition"));
        end.Set();
        GC.KeepAlive(pools);
    }

    private static int SharedLimit(string field) => (int)typeof(ArrayPool<>).Assembly
        .GetType("System.Buffers.SharedArrayPoolStatics")!.GetField(field, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;

    private static void Work(CountedPool[] pools, int seed, int rounds, Barrier together, ManualResetEventSlim end)
    {
        Random random = new(seed);
        List<Action> held = [];
        for (int i = 0; i < rounds; i++)
        {
            if (held.Count > 0 && (held.Count > 24 || random.Next(2) == 0))
            {
                int one = random.Next(held.Count);
                held[one]();
                held.RemoveAt(one);
            }
            else
            {
                Action giveBack = pools[random.Next(pools.Length)].Rent(random);
                if (random.Next(Loss) != 0)
                    held.Add(giveBack);
            }
        }

        foreach (Action giveBack in held)
            giveBack();
        held.Clear();
        together.SignalAndWait();
        end.Wait();
    }

    private readonly record struct Triple(int First, int Second, int Third);
}
