using System;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Memory in blocks of 4 KiB that are kept once read: following links through it costs one read of the process for each
/// block, not for each link. For memory of at most 16 MB: in more of it neighbours in a list are seldom neighbours in memory,
/// and a short read for each costs less than a block.
/// </summary>
internal sealed class CachedMemory(IMemorySource memory) : IMemorySource
{
    /// <summary>Most that is kept.</summary>
    public const ulong MostBytes = (ulong)BlockBytes * Blocks;

    private const int BlockBytes = 4096;
    private const int Blocks = 4096;

    private readonly byte[]?[] _blocks = new byte[]?[Blocks];
    private readonly ulong[] _addresses = new ulong[Blocks];
    private readonly int[] _lengths = new int[Blocks];

    public int Read(ulong address, Span<byte> into)
    {
        int total = 0;
        while (total < into.Length)
        {
            ulong at = address + (ulong)total;
            if (at < address)
                return total;
            ReadOnlySpan<byte> block = Block(at & ~(ulong)(BlockBytes - 1));
            int offset = (int)(at % BlockBytes);
            if (offset >= block.Length)
                return total;
            int count = Math.Min(into.Length - total, block.Length - offset);
            block.Slice(offset, count).CopyTo(into[total..]);
            total += count;
        }

        return total;
    }

    private ReadOnlySpan<byte> Block(ulong address)
    {
        int index = (int)(address / BlockBytes % Blocks);
        byte[] block = _blocks[index] ??= new byte[BlockBytes];
        if (_lengths[index] == 0 || _addresses[index] != address)
        {
            _addresses[index] = address;
            _lengths[index] = memory.Read(address, block);
        }

        return block.AsSpan(0, _lengths[index]);
    }
}
