using System;
using System.IO;

namespace FragGuard.Collector.Tests.Recordings;

/// <summary>Looks at the live memory of the process every so many bytes while a file is read.</summary>
internal sealed class SampledStream(string file, long strideBytes) : FileStream(file, FileMode.Open, FileAccess.Read)
{
    private long _read;
    private long _next;

    /// <summary>Most bytes that were alive at any look.</summary>
    public long MostLiveBytes { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int count = base.Read(buffer);
        _read += count;
        if (_read >= _next)
        {
            _next = _read + strideBytes;
            MostLiveBytes = Math.Max(MostLiveBytes, GC.GetTotalMemory(forceFullCollection: true));
        }

        return count;
    }
}
