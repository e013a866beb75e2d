using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Tests.Target;

/// <summary>Small buffers that stay where they are while everything between them dies.</summary>
internal static class Pins
{
    private const int Buffers = 1_000;
    private const int BufferLength = 10_000;

    /// <param name="every">Every how many buffers one is pinned; 0 for none.</param>
    public static void Hold(int every)
    {
        GCHandle[] handles = Fill(every);
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        Truth.Say("pins", GC.CollectionCount(0), handles.Length);
        foreach (GCHandle handle in handles)
            handle.Free();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GCHandle[] Fill(int every)
    {
        byte[][] buffers = [.. Enumerable.Range(0, Buffers).Select(_ => new byte[BufferLength])];
        return
        [
            .. buffers
                .Where((_, i) => every > 0 && i % every == 0)
                .Select(buffer => GCHandle.Alloc(buffer, GCHandleType.Pinned)),
        ];
    }
}
