using System;
using System.Buffers;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading;

namespace FragGuard.Collector.Tests.Target;

/// <summary>
/// A busy server without a network: every operation rents three arrays, hashes one of them, allocates about 40 KB that
/// die young, and replaces one object that lives longer. Now and then it replaces a pinned array and a large one.
/// </summary>
internal static class Load
{
    private const int Workers = 2;
    private const int Kept = 20_000;
    private const int LitterBytes = 2_000;
    private const int LitterCount = 20;
    private const int RentsEach = 3;
    private const int HashedBytes = 12_288;
    private const int CacheLineWords = 16;
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Prints four times a second the milliseconds gone, the operations done and the milliseconds of processor time used so
    /// far. At the end: operations, rents, bytes allocated, GCs, milliseconds and milliseconds of processor time.
    /// </summary>
    public static void Run(TimeSpan duration)
    {
        Truth.Say("ready", 1);
        // Counters of two threads on one cache line would slow both down.
        long[] operations = new long[Workers * CacheLineWords];
        long bytesBefore = GC.GetTotalAllocatedBytes();
        int gcsBefore = GC.CollectionCount(0);
        TimeSpan usedBefore = Used();
        Stopwatch clock = Stopwatch.StartNew();
        Thread[] threads =
        [
            .. Enumerable.Range(0, Workers).Select(i => new Thread(() => Work(i, clock, duration, ref operations[i * CacheLineWords]))),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
        {
            while (!thread.Join(TickInterval))
                Truth.Say("tick", clock.ElapsedMilliseconds, operations.Sum(), UsedMs(usedBefore));
        }

        long elapsedMs = clock.ElapsedMilliseconds;
        Truth.Say(
            "load", operations.Sum(), RentsEach * operations.Sum(), GC.GetTotalAllocatedBytes() - bytesBefore,
            GC.CollectionCount(0) - gcsBefore, elapsedMs,
            UsedMs(usedBefore));
    }

    private static long UsedMs(TimeSpan before) => (long)(Used() - before).TotalMilliseconds;

#if NET9_0_OR_GREATER
    private static TimeSpan Used() => Environment.CpuUsage.TotalTime;
#else
    private static TimeSpan Used()
    {
        using Process own = Process.GetCurrentProcess();
        return own.TotalProcessorTime;
    }
#endif

    private static void Work(int seed, Stopwatch clock, TimeSpan duration, ref long done)
    {
        Random random = new(seed);
        object?[] kept = new object?[Kept];
        GCHandle[] pins = [.. Enumerable.Range(0, 16).Select(_ => GCHandle.Alloc(new byte[256], GCHandleType.Pinned))];
        byte[]?[] large = new byte[]?[16];
        for (; clock.Elapsed < duration; done++)
        {
            Rent(random);
            for (int i = 0; i < LitterCount; i++)
                kept[0] = new byte[LitterBytes];
            kept[random.Next(Kept)] = new byte[random.Next(32, 400)];
            if (done % 256 == 0)
                large[random.Next(large.Length)] = new byte[random.Next(90_000, 200_000)];
            if (done % 64 == 0)
                Repin(ref pins[random.Next(pins.Length)]);
        }

        foreach (GCHandle pin in pins)
            pin.Free();
        GC.KeepAlive(kept);
        GC.KeepAlive(large);
    }

    private static void Rent(Random random)
    {
        byte[] small = ArrayPool<byte>.Shared.Rent(random.Next(SHA256.HashSizeInBytes, 1_024));
        char[] text = ArrayPool<char>.Shared.Rent(random.Next(16, 4_096));
        byte[] chunk = ArrayPool<byte>.Shared.Rent(random.Next(HashedBytes, 65_536));
        SHA256.HashData(chunk.AsSpan(0, HashedBytes), small);
        ArrayPool<byte>.Shared.Return(small);
        ArrayPool<char>.Shared.Return(text);
        ArrayPool<byte>.Shared.Return(chunk);
    }

    private static void Repin(ref GCHandle pin)
    {
        pin.Free();
        pin = GCHandle.Alloc(new byte[256], GCHandleType.Pinned);
    }
}
