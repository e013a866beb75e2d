using System;
using System.IO;

namespace FragGuard.Collector.Tests.Events;

/// <summary>Calls back when its reader meets the end.</summary>
internal sealed class WatchedEnd(byte[] bytes, Action onEnd) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer)
    {
        int count = base.Read(buffer);
        if (count == 0 && buffer.Length > 0)
            onEnd();
        return count;
    }
}
