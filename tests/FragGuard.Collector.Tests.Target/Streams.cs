using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.IO;

namespace FragGuard.Collector.Tests.Target;

/// <summary>What a program with recyclable memory streams tells of itself, event for event.</summary>
internal static class Streams
{
    private const int Count = 40;
    private const int BlockBytes = 131_072;

    /// <summary>Forty streams on one thread: five are forgotten, three are kept, one is disposed twice.</summary>
    public static void Use()
    {
        RecyclableMemoryStreamManagerEvents log = RecyclableMemoryStreamManagerEvents.Log;
        log.MemoryStreamManagerInitialized(BlockBytes, 1 << 20, 1 << 27);
        Guid[] streams = new Guid[Count];
        int line = 0;
        for (int i = 0; i < Count; i++)
            streams[i] = Create(i % 2 == 0 ? "upload" : "reply", out line);
        for (int i = 1; i <= 6; i++)
            log.MemoryStreamNewBlockCreated(i * BlockBytes);
        log.MemoryStreamNewLargeBufferCreated(3_000_000, 4 << 20);
        log.MemoryStreamToArray(streams[0], "upload", "", 5_000);
        log.MemoryStreamToArray(streams[1], "reply", "", 7_000);
        log.MemoryStreamNonPooledLargeBufferCreated(streams[1], "reply", 1L << 33, "");
        log.MemoryStreamOverCapacity(streams[1], "reply", 1L << 40, 1L << 34, "");
        for (int i = 0; i < Count - 8; i++)
            log.MemoryStreamDisposed(streams[i], i % 2 == 0 ? "upload" : "reply", 12, "", "");
        log.MemoryStreamDoubleDispose(streams[0], "upload", "", "", "");
        log.MemoryStreamDiscardBuffer(
            streams[2], "upload", RecyclableMemoryStreamManagerEvents.BufferType.Small, RecyclableMemoryStreamManagerEvents.DiscardReason.EnoughFree,
            4, 4 * BlockBytes, 2 * BlockBytes, 1, 1 << 20, 3 << 20);
        log.MemoryStreamDiscardBuffer(
            streams[3], "reply", RecyclableMemoryStreamManagerEvents.BufferType.Large, RecyclableMemoryStreamManagerEvents.DiscardReason.TooLarge,
            4, 4 * BlockBytes, BlockBytes, 2, 2 << 20, 1 << 20);

        // A finalizer says that it disposes of the stream, then that nobody had.
        Thread finalizer = new(() =>
        {
            for (int i = Count - 8; i < Count - 3; i++)
            {
                log.MemoryStreamDisposed(streams[i], "", 99, "", "");
                log.MemoryStreamFinalized(streams[i], "", "");
            }
        });
        finalizer.Start();
        finalizer.Join();
        Truth.Say("streams", line);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Guid Create(string tag, out int line)
    {
        Guid stream = Guid.NewGuid();
        RecyclableMemoryStreamManagerEvents.Log.MemoryStreamCreated(stream, tag, 1_000, BlockBytes); line = Truth.Line();
        return stream;
    }
}
