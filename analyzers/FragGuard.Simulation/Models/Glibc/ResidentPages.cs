using System;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>Which OS pages of an arena hold physical memory, by word of the arena's own space. No huge pages.</summary>
internal sealed class ResidentPages(ProcessMemory memory)
{
    public const int PageBytes = 4096;
    public const int PageWordShift = 9;
    public const int PageWords = 1 << PageWordShift;

    private ulong[] _bits = new ulong[4];

    public void Touch(int word)
    {
        int page = word >> PageWordShift;
        if (page >> 6 >= _bits.Length || (_bits[page >> 6] >> page & 1) == 0)
            Add(page);
    }

    /// <param name="from">First word written.</param>
    /// <param name="last">Last word written.</param>
    public void TouchRange(int from, int last)
    {
        int page = from >> PageWordShift;
        int lastPage = last >> PageWordShift;
        ulong[] bits = _bits;
        do
        {
            if (page >> 6 >= bits.Length || (bits[page >> 6] >> page & 1) == 0)
            {
                Add(page);
                bits = _bits;
            }
        }
        while (++page <= lastPage);
    }

    /// <summary>Whole pages go back to the system.</summary>
    /// <param name="from">First word, of the first page.</param>
    /// <param name="end">First word behind the last page.</param>
    public void Release(int from, int end)
    {
        int last = Math.Min(end >> PageWordShift, _bits.Length << 6);
        for (int page = from >> PageWordShift; page < last; page++)
        {
            ulong bit = 1UL << page;
            if ((_bits[page >> 6] & bit) == 0)
                continue;
            _bits[page >> 6] &= ~bit;
            memory.ArenaResidentPages--;
        }
    }

    private void Add(int page)
    {
        if (page >> 6 >= _bits.Length)
            Array.Resize(ref _bits, Math.Max(_bits.Length * 2, (page >> 6) + 1));
        _bits[page >> 6] |= 1UL << page;
        memory.ArenaResidentPages++;
    }
}
