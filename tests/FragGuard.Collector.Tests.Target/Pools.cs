using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace FragGuard.Collector.Tests.Target;

internal static class Pools
{
    private const int Length = 4096;
    private static readonly ArrayPool<byte> Created = ArrayPool<byte>.Create(maxArrayLength: 8192, maxArraysPerBucket: 4);

    public static void Use()
    {
        List<byte[]> leaked = [];
        int leakLine = 0;
        for (int i = 0; i < 50; i++)
        {
            byte[] array = ArrayPool<byte>.Shared.Rent(Length);
            ArrayPool<byte>.Shared.Return(array);
        }

        for (int i = 0; i < 10; i++)
            leaked.Add(Leak(out leakLine));

        // A full bucket passes the request on to the next larger one, once.
        List<byte[]> held = [];
        for (int i = 0; i < 10; i++)
            held.Add(Created.Rent(Length));
        foreach (byte[] array in held)
            Created.Return(array);

        byte[] huge = Created.Rent(20_000);
        Created.Return(huge);
        Truth.Say("shared", 60, 50, leaked.Count, leakLine);
    }

    /// <summary>
    /// Rents and returns without a break on all processors, and once more when the buffers of a recording had time to empty: the
    /// number of that last event tells what its thread lost before.
    /// </summary>
    public static void Storm(int count)
    {
        Thread[] threads = new Thread[Environment.ProcessorCount];
        int left = count;
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                    RentAndReturn();
                Thread.Sleep(500);
                RentAndReturn();
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
    }

    private static void RentAndReturn() => ArrayPool<byte>.Shared.Return(ArrayPool<byte>.Shared.Rent(Length));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Leak(out int line)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(Length); line = Truth.Line();
        return array;
    }
}
