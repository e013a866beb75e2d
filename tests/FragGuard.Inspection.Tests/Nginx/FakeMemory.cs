using System;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>An address space that holds nothing but some bytes; counts what is asked of it.</summary>
internal sealed class FakeMemory(ulong start, byte[] bytes) : IMemorySource
{
    public ulong Start => start;

    public ulong End => start + (ulong)bytes.Length;

    public long Reads { get; private set; }

    public long BytesRead { get; private set; }

    /// <summary>Called before each read.</summary>
    public Action<ulong>? Before { get; init; }

    /// <summary>How many bytes can be read from an address on of those that were asked for; behind them nonsense is left.</summary>
    public Func<ulong, int, int>? Readable { get; init; }

    public int Read(ulong address, Span<byte> into)
    {
        Before?.Invoke(address);
        Reads++;
        if (address < start || address >= End)
            return 0;
        int count = (int)Math.Min((ulong)into.Length, End - address);
        if (Readable is not null && Readable(address, count) is var readable && readable < count)
        {
            into.Fill(0xff);
            count = readable;
        }

        bytes.AsSpan((int)(address - start), count).CopyTo(into);
        BytesRead += count;
        return count;
    }
}
