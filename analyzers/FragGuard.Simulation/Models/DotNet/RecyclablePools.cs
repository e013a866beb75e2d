using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The pools behind the streams: one stack of blocks, and one stack of large arrays of each size. What finds no room is
/// dropped.
/// </summary>
internal sealed class RecyclablePools
{
    private const int BlockBucket = 0;
    private const int LargeBucket = 1;

    private readonly RecyclableOptions _options;
    private readonly PooledArrays _arrays = new();
    private readonly PooledArrayStack[] _large;
    private PooledArrayStack _blocks;
    private long _nextOffset;

    public RecyclablePools(RecyclableOptions options)
    {
        _options = options;
        _large = new PooledArrayStack[options.LargeSizes];
    }

    /// <summary>Bytes of all arrays that were not dropped.</summary>
    public long CommittedBytes { get; private set; }

    /// <summary>Whether no virtual place may be left for what one stream asks for.</summary>
    public bool IsExhausted => _nextOffset > long.MaxValue / 2;

    public IEnumerable<PooledArray> Idle => _blocks.Arrays.Concat(_large.SelectMany(stack => stack.Arrays));

    public PooledArray TakeBlock() => _blocks.TryPop() ?? Make(BlockBucket, _options.BlockBytes);

    public PooledArray TakeLarge(long largeBytes)
    {
        int index = _options.LargeIndex(largeBytes);
        PooledArray? kept = index < _large.Length ? _large[index].TryPop() : null;
        return kept ?? Make(LargeBucket + index, largeBytes);
    }

    /// <summary>Takes back the blocks of one stream in their order; the first that finds no room takes the rest with it.</summary>
    public void ReturnBlocks(PooledArray? first)
    {
        bool isDropping = false;
        for (PooledArray? next, block = first; block is not null; block = next)
        {
            next = block.Next;
            long idleBytes = _blocks.Count * _options.BlockBytes;
            isDropping = isDropping || (_options.SmallFreeBytes > 0 && idleBytes >= _options.SmallFreeBytes);
            if (isDropping)
                Drop(block);
            else
                _blocks.Push(block);
        }
    }

    public void ReturnLarge(PooledArray array)
    {
        int index = array.Bucket - LargeBucket;
        if (index < _large.Length && HasRoom(_large[index].Count, array.Elements))
            _large[index].Push(array);
        else
            Drop(array);
    }

    /// <summary>The manager multiplies 32-bit numbers, so that a pool of 2 GiB has room again.</summary>
    private bool HasRoom(int count, long bytes) =>
        _options.LargeFreeBytes == 0 || unchecked((count + 1) * (int)bytes) <= _options.LargeFreeBytes;

    private PooledArray Make(int bucket, long bytes)
    {
        PooledArray array = _arrays.Make(bucket, bytes);
        array.Offset = _nextOffset;
        _nextOffset += bytes;
        CommittedBytes += bytes;
        return array;
    }

    private void Drop(PooledArray array)
    {
        CommittedBytes -= array.Elements;
        _arrays.Recycle(array);
    }
}
