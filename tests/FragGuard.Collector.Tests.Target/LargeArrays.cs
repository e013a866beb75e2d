using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Tests.Target;

internal static class LargeArrays
{
    private const int HeaderBytes = 24;
    private const int Slots = 64;

    /// <summary>Keeps 64 arrays and replaces one at random each time.</summary>
    public static void Churn(int minLength, int maxLength, int count)
    {
        Random random = new(1);
        byte[]?[] kept = new byte[]?[Slots];
        long bytes = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] one = Make(random.Next(minLength, maxLength));
            bytes += AlignedBytes(one.Length);
            kept[random.Next(Slots)] = one;
            Litter();
        }

        GC.Collect();
        long live = 0;
        foreach (byte[]? one in kept)
            live += one is null ? 0 : 1;
        Truth.Say("large", count, bytes, live);
        GC.KeepAlive(kept);
    }

    public static void Spin(TimeSpan duration)
    {
        Truth.Say("ready", 1);
        Stopwatch clock = Stopwatch.StartNew();
        byte[]?[] kept = new byte[]?[Slots];
        Random random = new(1);
        while (clock.Elapsed < duration)
        {
            kept[random.Next(Slots)] = new byte[random.Next(90_000, 300_000)];
            Litter();
        }

        GC.KeepAlive(kept);
    }

    /// <summary>Fills the large-object heap, drops every third array, collects and prints where the rest are.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static unsafe void Punch()
    {
        byte[]?[] kept = new byte[]?[120];
        Fill(kept);
        for (int i = 0; i < kept.Length; i += 3)
            kept[i] = null;
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: false);
        GCGenerationInfo loh = GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[3];
        foreach (byte[]? one in kept)
        {
            if (one is null)
                continue;

            // The address of the object is that of its method table, 16 bytes before the first element.
            fixed (byte* first = one)
                Truth.Say("object", (long)first - 16, AlignedBytes(one.Length));
        }

        Truth.Say("loh", loh.SizeAfterBytes, loh.FragmentationAfterBytes);
        GC.KeepAlive(kept);
    }

    private static long AlignedBytes(int length) => (length + HeaderBytes + 7L) & ~7L;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(byte[]?[] kept)
    {
        for (int i = 0; i < kept.Length; i++)
            kept[i] = Make(86_000 + (i * 1_000));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Make(int length) => new byte[length];

    private static void Litter()
    {
        List<byte[]> litter = [];
        for (int i = 0; i < 20; i++)
            litter.Add(new byte[500]);
        GC.KeepAlive(litter);
    }
}
