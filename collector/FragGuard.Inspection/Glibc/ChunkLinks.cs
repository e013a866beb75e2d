using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Reads what chunks of lists say of themselves: their size and their link. Each takes a read of its own, until a block of a heap was asked
/// for often; then it is read whole, and what can be such a chunk in it is kept. Where lists lead to much of the heaps, all that is left of
/// these is read at once, by several threads. What is not kept is read by itself as before, so that nothing but the number of reads depends
/// on what is.
/// </summary>
internal sealed class ChunkLinks(IMemorySource memory, HeapIndex heaps)
{
    /// <summary>Chunks that are read by themselves before any block is read whole: most lists are short.</summary>
    public const int ReadsBeforeBlocks = 1024;

    /// <summary>Chunks of one block that are read by themselves: a long list that asked for so many asks for more, as a rule.</summary>
    public const int ReadsOfABlock = 8;

    /// <summary>Chunks that are kept, 8 bytes each: as many as lists may have, and what else looks like one.</summary>
    public const int MostKept = CachedLists.Most + 500_000;

    /// <summary>When one in so many blocks was read whole, the rest are, so that no more than that many times as much is read in vain.</summary>
    public const int BlocksForOneRead = 16;

    private const int MostLastUnits = 1 << 16;

    /// <summary>What the chunks in the last units of blocks hold, by unit: a list that leads back into itself asks for them again and again.</summary>
    private readonly Dictionary<ulong, (ulong Size, ulong Next)> _lastUnits = [];
    private ChunkLink[] _ofOneBlock = [];
    private KeptLinks? _kept;
    private byte[] _asked = [];
    private bool _isMangled;
    private int _readsBeforeBlocks = ReadsBeforeBlocks;

    /// <summary>Of heads that are read from now on, what was read before tells nothing.</summary>
    public void Forget()
    {
        _kept = null;
        _asked = [];
        _lastUnits.Clear();
        _readsBeforeBlocks = ReadsBeforeBlocks;
    }

    /// <summary>Whether links are mangled with their own address.</summary>
    public void Take(bool isMangled)
    {
        if (isMangled == _isMangled)
            return;
        _isMangled = isMangled;
        Forget();
    }

    /// <summary>False where nothing can be read, and outside of the heaps.</summary>
    /// <param name="chunk">A multiple of 16.</param>
    /// <param name="size">Its size in bytes, header included.</param>
    /// <param name="next">Where its link leads.</param>
    public bool TryRead(ulong chunk, out ulong size, out ulong next)
    {
        size = 0;
        next = 0;
        if (heaps.UnitOf(chunk) is not { } unit)
            return false;
        if (TryFind(unit, out size, out next))
            return true;
        return IsLastOfBlock(unit) ? TryReadLast(unit, chunk, out size, out next) : TryReadOne(chunk, out size, out next);
    }

    /// <summary>Whether the link of a chunk in this unit lies in the next block.</summary>
    internal static bool IsLastOfBlock(ulong unit) => unit % HeapIndex.UnitsOfABlock == HeapIndex.UnitsOfABlock - 1;

    private bool TryReadLast(ulong unit, ulong chunk, out ulong size, out ulong next)
    {
        if (_lastUnits.TryGetValue(unit, out (ulong Size, ulong Next) known))
        {
            (size, next) = known;
            return true;
        }

        if (!TryReadOne(chunk, out size, out next))
            return false;
        if (_lastUnits.Count < MostLastUnits)
            _lastUnits[unit] = (size, next);
        return true;
    }

    private bool TryReadOne(ulong chunk, out ulong size, out ulong next)
    {
        Span<ulong> words = stackalloc ulong[2];
        bool isRead = memory.TryReadAll(chunk + 8, MemoryMarshal.AsBytes(words));
        size = words[0] & ~ChunkFormat.FlagBits;
        next = NextOf(chunk, words[1]);
        return isRead;
    }

    private bool TryFind(ulong unit, out ulong size, out ulong next)
    {
        size = 0;
        next = 0;
        if (_readsBeforeBlocks > 0)
        {
            _readsBeforeBlocks--;
            return false;
        }

        ReadOnlySpan<ChunkLink> links = LinksOf((int)(unit / HeapIndex.UnitsOfABlock));
        int index = ChunkLink.Find(links, (int)(unit % HeapIndex.UnitsOfABlock));
        if (index < 0)
            return false;
        size = links[index].SizeUnits * (ulong)HeapIndex.UnitBytes;
        next = heaps.AddressOf(links[index].NextUnit);
        return true;
    }

    private ReadOnlySpan<ChunkLink> LinksOf(int block)
    {
        if (_kept is null)
        {
            _kept = new KeptLinks(heaps.Blocks, MostKept);
            _asked = new byte[heaps.Blocks];
            _ofOneBlock = _ofOneBlock.Length > 0 ? _ofOneBlock : new ChunkLink[HeapIndex.UnitsOfABlock];
        }

        if (!_kept.Has(block) && _kept.HasRoom && ++_asked[block] > ReadsOfABlock)
        {
            if (_kept.Blocks > Math.Max(heaps.Blocks / BlocksForOneRead, BlocksForOneRead))
                ReadAll(_kept);
            else
                Read(block, heaps.MemoryOf(FirstUnitOf(block)), _ofOneBlock, _kept);
        }

        return _kept.Of(block);
    }

    private void ReadAll(KeptLinks into) => Parallel.For(
        0, heaps.Blocks,
        static () => (Window: new byte[HeapMemory.WindowBytes], Links: new ChunkLink[HeapIndex.UnitsOfABlock]),
        (block, _, own) =>
        {
            if (!into.Has(block))
                Read(block, heaps.MemoryOf(FirstUnitOf(block)).With(own.Window), own.Links, into);
            return own;
        },
        static _ => { });

    /// <summary>The last unit of a block is left out: its link lies in the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(int block, HeapMemory heap, ChunkLink[] links, KeptLinks into)
    {
        ulong start = heaps.AddressOf(FirstUnitOf(block));
        ReadOnlySpan<ulong> words = heap.Read(start);
        int count = 0;
        for (int unit = 0; (2 * unit) + 2 < words.Length; unit++)
        {
            ulong size = words[(2 * unit) + 1] & ~ChunkFormat.FlagBits;
            if (size < ChunkFormat.LeastBytes || size % HeapIndex.UnitBytes != 0 || size / HeapIndex.UnitBytes > ushort.MaxValue)
                continue;
            ulong next = NextOf(start + ((ulong)unit * HeapIndex.UnitBytes), words[(2 * unit) + 2]);
            if (next % HeapIndex.UnitBytes == 0 && heaps.UnitOf(next) is <= uint.MaxValue and { } nextUnit)
                links[count++] = new ChunkLink((ushort)unit, (ushort)(size / HeapIndex.UnitBytes), (uint)nextUnit);
        }

        into.Keep(block, links.AsSpan(0, count));
    }

    private static ulong FirstUnitOf(int block) => (ulong)block * HeapIndex.UnitsOfABlock;

    /// <summary>A link is mangled with the address where it lies.</summary>
    private ulong NextOf(ulong chunk, ulong link) => _isMangled ? link ^ ((chunk + ChunkFormat.HeaderBytes) >> 12) : link;
}
