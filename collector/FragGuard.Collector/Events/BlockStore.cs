using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Events;

/// <summary>Buffers for the blocks of a recording. The runtime's blocks are at most 100 KiB, so most fit one size.</summary>
internal sealed class BlockStore
{
    private const int UsualBytes = 128 << 10;

    private readonly Stack<byte[]> _free = [];

    public byte[] Rent(int bytes)
    {
        if (bytes > UsualBytes)
            return GC.AllocateUninitializedArray<byte>(bytes);
        return _free.TryPop(out byte[]? block) ? block : GC.AllocateUninitializedArray<byte>(UsualBytes);
    }

    public void Return(byte[] block)
    {
        if (block.Length == UsualBytes)
            _free.Push(block);
    }
}
