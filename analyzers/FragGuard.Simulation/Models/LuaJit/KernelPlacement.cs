using System.Collections.Generic;

namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>
/// Address space of one heap alone, from 0 to 2^46. Downwards: at the end of the last mapping if that is free, else as
/// high as possible, as Linux places what LuaJIT's 64-bit references can reach anywhere. Upwards: as low as possible, as
/// Linux places what must stay in the low 2 GiB. Apart: never next to another mapping.
/// </summary>
internal sealed class KernelPlacement : IMapPlacement
{
    private const long EndOfSpace = 1L << 46;

    private readonly Direction _direction;
    private readonly List<Mapping> _mappings = new();
    private long _hint = EndOfSpace;

    public KernelPlacement(Direction direction) => _direction = direction;

    internal enum Direction
    {
        Down,
        Up,
        Apart,
    }

    public long Map(long bytes)
    {
        int at = Room(bytes, out long start);
        if (at < 0)
            return -1;
        Insert(at, new Mapping(start, start + bytes));
        _hint = start + bytes;
        return start;
    }

    public void Unmap(long start, long bytes)
    {
        int at = Covering(start);
        Mapping mapping = _mappings[at];
        _mappings.RemoveAt(at);
        if (start + bytes < mapping.End)
            _mappings.Insert(at, mapping with { Start = start + bytes });
        if (mapping.Start < start)
            _mappings.Insert(at, mapping with { End = start });
    }

    public long Remap(long start, long bytes, long newBytes, bool mayMove)
    {
        if (newBytes <= bytes)
        {
            if (newBytes < bytes)
                Unmap(start + newBytes, bytes - newBytes);
            return start;
        }

        int at = Covering(start);
        if (_mappings[at].End == start + bytes && LimitAbove(at) >= start + newBytes)
        {
            Unmap(start, bytes);
            Insert(FirstFrom(start), new Mapping(start, start + newBytes));
            return start;
        }

        if (!mayMove)
            return -1;
        int target = _direction == Direction.Down ? Highest(newBytes, out long moved) : Lowest(newBytes, out moved);
        if (target < 0)
            return -1;
        Insert(target, new Mapping(moved, moved + newBytes));
        Unmap(start, bytes);
        return moved;
    }

    private int Room(long bytes, out long start)
    {
        start = _hint;
        if (_direction != Direction.Down)
            return Lowest(bytes, out start);
        if (bytes <= EndOfSpace - _hint)
        {
            int at = FirstFrom(_hint);
            if ((at == _mappings.Count || _mappings[at].Start >= _hint + bytes) && (at == 0 || _mappings[at - 1].End <= _hint))
                return at;
        }

        return Highest(bytes, out start);
    }

    private int Highest(long bytes, out long start)
    {
        for (int at = _mappings.Count; at >= 0; at--)
        {
            long end = at == _mappings.Count ? EndOfSpace : _mappings[at].Start;
            start = end - bytes;
            if (bytes <= end && start >= (at == 0 ? 0 : _mappings[at - 1].End))
                return at;
        }

        start = -1;
        return -1;
    }

    private int Lowest(long bytes, out long start)
    {
        long gap = _direction == Direction.Apart ? LuaJitRules.PageBytes : 0;
        for (int at = 0; at <= _mappings.Count; at++)
        {
            start = at == 0 ? 0 : _mappings[at - 1].End + gap;
            if (bytes <= (at == _mappings.Count ? EndOfSpace : _mappings[at].Start) - gap - start)
                return at;
        }

        start = -1;
        return -1;
    }

    private long LimitAbove(int at) => at + 1 == _mappings.Count
        ? EndOfSpace
        : _mappings[at + 1].Start - (_direction == Direction.Apart ? LuaJitRules.PageBytes : 0);

    /// <summary>Neighbours become one mapping, unless they are kept apart.</summary>
    private void Insert(int at, Mapping mapping)
    {
        if (at < _mappings.Count && _mappings[at].Start == mapping.End)
        {
            mapping = mapping with { End = _mappings[at].End };
            _mappings.RemoveAt(at);
        }

        if (at > 0 && _mappings[at - 1].End == mapping.Start)
            _mappings[at - 1] = mapping with { Start = _mappings[at - 1].Start };
        else
            _mappings.Insert(at, mapping);
    }

    /// <summary>Index of the first mapping that starts at an address or behind it.</summary>
    private int FirstFrom(long address)
    {
        int low = 0;
        int high = _mappings.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_mappings[middle].Start < address)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private int Covering(long address)
    {
        int at = FirstFrom(address);
        return at < _mappings.Count && _mappings[at].Start == address ? at : at - 1;
    }

    private readonly record struct Mapping(long Start, long End);
}
