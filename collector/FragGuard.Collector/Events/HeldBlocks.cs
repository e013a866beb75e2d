using System.Collections.Generic;

namespace FragGuard.Collector.Events;

/// <summary>Blocks whose bytes are still needed.</summary>
internal sealed class HeldBlocks(BlockStore store)
{
    private readonly List<byte[]> _blocks = [];

    /// <summary>Memory they take.</summary>
    public long Bytes { get; private set; }

    public void Add(byte[] block)
    {
        _blocks.Add(block);
        Bytes += block.Length;
    }

    public void Release()
    {
        foreach (byte[] block in _blocks)
            store.Return(block);
        _blocks.Clear();
        Bytes = 0;
    }
}
