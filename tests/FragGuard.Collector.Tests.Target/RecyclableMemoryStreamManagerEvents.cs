using System;
using System.Diagnostics.Tracing;

namespace Microsoft.IO;

/// <summary>The events of Microsoft.IO.RecyclableMemoryStream 3.0, by name, number, level and fields.</summary>
[EventSource(Name = "Microsoft-IO-RecyclableMemoryStream")]
internal sealed class RecyclableMemoryStreamManagerEvents : EventSource
{
    public static readonly RecyclableMemoryStreamManagerEvents Log = new();

    private RecyclableMemoryStreamManagerEvents()
    {
    }

    [Event(1, Level = EventLevel.Verbose, Version = 2)]
    public void MemoryStreamCreated(Guid guid, string tag, long requestedSize, long actualSize) =>
        WriteEvent(1, guid, tag, requestedSize, actualSize);

    [Event(2, Level = EventLevel.Verbose, Version = 3)]
    public void MemoryStreamDisposed(Guid guid, string tag, long lifetimeMs, string allocationStack, string disposeStack) =>
        WriteEvent(2, guid, tag, lifetimeMs, allocationStack, disposeStack);

    [Event(3, Level = EventLevel.Verbose)]
    public void MemoryStreamDoubleDispose(
        Guid guid, string tag, string allocationStack, string disposeStack1, string disposeStack2) =>
        WriteEvent(3, guid, tag, allocationStack, disposeStack1, disposeStack2);

    [Event(4, Level = EventLevel.Error)]
    public void MemoryStreamFinalized(Guid guid, string tag, string allocationStack) =>
        WriteEvent(4, guid, tag, allocationStack);

    [Event(5, Level = EventLevel.Verbose, Version = 2)]
    public void MemoryStreamToArray(Guid guid, string tag, string stack, long size) => WriteEvent(5, guid, tag, stack, size);

    [Event(6, Level = EventLevel.Informational)]
    public void MemoryStreamManagerInitialized(int blockSize, int largeBufferMultiple, int maximumBufferSize) =>
        WriteEvent(6, blockSize, largeBufferMultiple, maximumBufferSize);

    [Event(7, Level = EventLevel.Warning, Version = 2)]
    public void MemoryStreamNewBlockCreated(long smallPoolInUseBytes) => WriteEvent(7, smallPoolInUseBytes);

    [Event(8, Level = EventLevel.Warning, Version = 3)]
    public void MemoryStreamNewLargeBufferCreated(long requiredSize, long largePoolInUseBytes) =>
        WriteEvent(8, requiredSize, largePoolInUseBytes);

    [Event(9, Level = EventLevel.Verbose, Version = 3)]
    public void MemoryStreamNonPooledLargeBufferCreated(Guid guid, string tag, long requiredSize, string allocationStack) =>
        WriteEvent(9, guid, tag, requiredSize, allocationStack);

    [Event(10, Level = EventLevel.Warning, Version = 2)]
    public void MemoryStreamDiscardBuffer(
        Guid guid, string tag, BufferType bufferType, DiscardReason reason, long smallBlocksFree, long smallPoolBytesFree,
        long smallPoolBytesInUse, long largeBlocksFree, long largePoolBytesFree, long largePoolBytesInUse) =>
        WriteEvent(
            10, guid, tag, (int)bufferType, (int)reason, smallBlocksFree, smallPoolBytesFree, smallPoolBytesInUse,
            largeBlocksFree, largePoolBytesFree, largePoolBytesInUse);

    [Event(11, Level = EventLevel.Error, Version = 3)]
    public void MemoryStreamOverCapacity(
        Guid guid, string tag, long requestedCapacity, long maxCapacity, string allocationStack) =>
        WriteEvent(11, guid, tag, requestedCapacity, maxCapacity, allocationStack);

    internal enum BufferType
    {
        Small,
        Large,
    }

    internal enum DiscardReason
    {
        TooLarge,
        EnoughFree,
    }
}
