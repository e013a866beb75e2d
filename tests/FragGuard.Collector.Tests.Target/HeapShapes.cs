using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Tests.Target;

/// <summary>Heaps with holes, shown to whoever takes a snapshot; each waits for a line and then prints its truth.</summary>
internal static class HeapShapes
{
    /// <summary>Small, large and pinned objects of which every third died, handles that pin some of the rest.</summary>
    public static void Punch(int count)
    {
        List<byte[]?> kept = Fill(count);
        List<GCHandle> pins = Pin(kept);
        Wait();
        Print(GC.GetGCMemoryInfo(GCKind.FullBlocking));
        foreach (GCHandle pin in pins)
            pin.Free();
        GC.KeepAlive(kept);
    }

    /// <summary>That many small objects in a chain.</summary>
    public static void Chain(int count)
    {
        Link? first = null;
        for (int i = 0; i < count; i++)
            first = new Link(first);
        Wait();
        Truth.Say("chain", count);
        GC.KeepAlive(first);
    }

    public static void Wait()
    {
        Truth.Say("ready", 1);
        Console.ReadLine();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<byte[]?> Fill(int count)
    {
        Random random = new(7);
        List<byte[]?> kept = [];
        for (int i = 0; i < count; i++)
        {
            kept.Add((i % 50) switch
            {
                0 => new byte[86_000 + random.Next(40_000)],
                1 => GC.AllocateUninitializedArray<byte>(random.Next(3_000), pinned: true),
                _ => new byte[random.Next(600)],
            });
        }

        GC.Collect();
        for (int i = 0; i < count; i += 3)
            kept[i] = null;
        return kept;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<GCHandle> Pin(List<byte[]?> kept)
    {
        List<GCHandle> pins = [];
        for (int i = 0; i < kept.Count; i += 97)
        {
            if (kept[i] is { } one)
                pins.Add(GCHandle.Alloc(one, GCHandleType.Pinned));
        }

        return pins;
    }

    private static void Print(GCMemoryInfo info)
    {
        Truth.Say("full", info.Index);
        for (int i = 0; i < info.GenerationInfo.Length; i++)
            Truth.Say("generation", i, info.GenerationInfo[i].SizeAfterBytes, info.GenerationInfo[i].FragmentationAfterBytes);
    }

    private sealed class Link(Link? next)
    {
        public Link? Next { get; } = next;
    }
}
