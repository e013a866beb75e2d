using System;
using System.Threading;

namespace Verdicts;

/// <summary>Arrays of the pinned heap that die with their method, and the same where the method takes as long as the program.</summary>
internal static class PinnedHeap
{
    private const int Threads = 24;

    private static readonly Barrier Everyone = new(Threads + 2);

    public static void Run()
    {
        for (int i = 0; i < Threads; i++)
            new Thread(Wait) { IsBackground = true }.Start();
        while (Everyone.ParticipantsRemaining > 2)
            Thread.Sleep(1);
        for (int i = 0; i < 20; i++)
        {
            Call(1_000);
            GC.Collect();
        }
    }

    /// <summary>No GC ever looks at the pinned heap.</summary>
    public static void RunWithoutFullGcs()
    {
        for (int i = 0; i < 4; i++)
        {
            Call(150);
            GC.Collect(0);
        }
    }

    private static void Call(int times)
    {
        int sum = 0;
        for (int i = 0; i < times; i++)
            sum += Checksum(i);
        Console.WriteLine(sum);
    }

    private static int Checksum(int seed)
    {
        byte[] buffer = GC.AllocateArray<byte>(4096, pinned: true); // FG3005
        new Random(seed).NextBytes(buffer);
        return buffer[0] + buffer[^1];
    }

    private static void Wait()
    {
        byte[] buffer = GC.AllocateArray<byte>(2 << 20, pinned: true); // fg3005
        buffer[0] = 1;
        Everyone.SignalAndWait();
        Console.WriteLine(buffer[0]);
    }
}
