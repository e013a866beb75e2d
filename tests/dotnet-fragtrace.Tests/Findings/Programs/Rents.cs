using System;
using System.Buffers;
using System.Threading;

namespace Verdicts;

/// <summary>Arrays that never come back: because they are lost, or because their method still works with them.</summary>
internal static class Rents
{
    private const int Workers = 6;

    private static readonly ManualResetEventSlim Stop = new();
    private static int s_ready;

    public static void Run()
    {
        for (int i = 0; i < Workers; i++)
            new Thread(Work) { IsBackground = true }.Start();
        while (Volatile.Read(ref s_ready) < Workers)
            Thread.Sleep(1);
        for (int round = 0; round < 40; round++)
        {
            Lose();
            LoseSlice();
            LoseFromHelper();
            if (round % 10 == 9)
                GC.Collect();
        }
    }

    /// <summary>More events than anybody reads while they come.</summary>
    public static void Flood(TimeSpan duration)
    {
        long end = Environment.TickCount64 + (long)duration.TotalMilliseconds;
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                while (Environment.TickCount64 < end)
                    ArrayPool<byte>.Shared.Return(ArrayPool<byte>.Shared.Rent(100));
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
    }

    private static void Lose() => ArrayPool<byte>.Shared.Rent(100_000)[0] = 1; // FG2001

    private static void LoseSlice()
    {
        IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(300_000); // FG2015
        owner.Memory.Span[0] = 1;
    }

    private static void LoseFromHelper()
    {
        byte[] array = Filled(); // FG2001 helper
        array[1] = 2;
    }

    private static byte[] Filled()
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(600_000);
        array[0] = 1;
        return array;
    }

    private static void Work()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1_100_000); // fg2001
        Interlocked.Increment(ref s_ready);
        while (!Stop.Wait(10))
            buffer[0]++;
        Console.WriteLine(buffer[0]);
    }
}
