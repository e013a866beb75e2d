using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Reads every slot and block that can hold an entry in the order of addresses, once: so the whole dictionary is seen within
/// the time of one copy. What has the form of an entry is kept: a known type, links to the head or to other slots in use, and
/// lengths that ask for a slot of just this size.
/// </summary>
internal sealed class LuaDictScan
{
    private const int BufferBytes = 256 << 10;

    /// <summary>Of the longer form; the smallest slot that counts has 128.</summary>
    private const int MostHeadBytes = 80;

    private const int SlotsAtOnce = 64;

    private readonly IMemorySource _memory;
    private readonly ZonePageTable _table;
    private readonly SlabHeader _header;
    private readonly LuaDictForm _form;
    private readonly ulong _head;
    private readonly byte[] _buffer;
    private readonly Candidate[] _candidates = new Candidate[SlotsAtOnce];
    private int _count;

    private LuaDictScan(IMemorySource memory, ZonePageTable table, LuaDictForm form, long mostSlots)
    {
        _memory = memory;
        _table = table;
        _header = table.Header;
        _form = form;
        _head = table.Header.Data + LuaDictForm.RecordLinks;
        Slots = new LuaDictSlots(table, form.EntryBytes + 1, mostSlots);
        Links = new LuaDictLinks(Slots.Count);
        _buffer = new byte[(int)Math.Min(BufferBytes, (ulong)table.Pages.Count << _header.PageShift)];
    }

    public LuaDictSlots Slots { get; }

    public LuaDictLinks Links { get; }

    public LuaDictSizes Sizes { get; } = new();

    /// <summary>Number of the most recently used entry; as the links of entries.</summary>
    public int MostRecent { get; private set; } = LuaDictLinks.NoEntry;

    /// <summary>Number of the least recently used entry.</summary>
    public int LeastRecent { get; private set; } = LuaDictLinks.NoEntry;

    public static LuaDictScan Of(IMemorySource memory, ZonePageTable table, LuaDictForm form, long mostSlots)
    {
        LuaDictScan scan = new(memory, table, form, mostSlots);
        for (int page = 0; page < scan.Slots.PageEnd;)
            page = scan.ReadFrom(page);
        scan.Decide();
        scan.Sizes.Complete();
        scan.Links.Complete();

        // Keys and values went through it.
        scan._buffer.AsSpan().Clear();
        return scan;
    }

    /// <summary>Number of the entry whose links lie at an address, <see cref="LuaDictLinks.Head"/>, or <see cref="LuaDictLinks.NoEntry"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NumberOf(ulong link)
    {
        if (link == _head)
            return LuaDictLinks.Head;
        int number = Slots.At(link - (ulong)_form.Links);
        return number == LuaDictSlots.None ? LuaDictLinks.NoEntry : number;
    }

    /// <summary>Reads pages that follow each other at once, none that was never used.</summary>
    private int ReadFrom(int first)
    {
        int end = first;
        int most = _buffer.Length >> _header.PageShift;
        while (end < Slots.PageEnd && end - first < most && Holds(_table.Pages[end]))
            end++;
        if (end == first)
            return first + Math.Max(1, _table.Pages[first].Pages);
        int read = _memory.Read(_header.PageAddress(first), _buffer.AsSpan(0, (end - first) << _header.PageShift));
        for (int page = first; page < end; page++)
            TakePage(page, _buffer.AsSpan(0, read)[Math.Min(read, (page - first) << _header.PageShift)..]);
        return _table.Pages[end - 1].Use == ZonePageUse.BlockStart ? end - 1 + _table.Pages[end - 1].Pages : end;
    }

    private bool Holds(in ZonePage page) =>
        page.Use == ZonePageUse.BlockStart || (page.Use == ZonePageUse.Cut && page.Shift >= Slots.LeastShift);

    private void TakePage(int page, ReadOnlySpan<byte> bytes)
    {
        ZonePage found = _table.Pages[page];
        int number = Slots.FirstOf(page);
        if (found.Use == ZonePageUse.BlockStart)
        {
            Take(number, _header.PageAddress(page), bytes, (long)found.Pages << _header.PageShift);
            return;
        }

        int slots = ZoneSlots.PerPage(_header.PageShift, found.Shift);
        int reserved = ZoneSlots.OfBitmap(_header.PageShift, found.Shift);
        for (int word = 0; word < slots; word += 64)
        {
            for (ulong left = _table.MapWord(page, word >> 6); left != 0; left &= left - 1)
            {
                int slot = word + BitOperations.TrailingZeroCount(left);
                if (slot < reserved)
                    continue;
                int at = slot << found.Shift;
                Take(number++, _header.PageAddress(page) + (ulong)at, bytes[Math.Min(at, bytes.Length)..], 1L << found.Shift);
            }
        }
    }

    private void Take(int number, ulong address, ReadOnlySpan<byte> bytes, long grantedBytes)
    {
        if (bytes.Length >= MostHeadBytes && address == _header.Data)
        {
            MostRecent = NumberOf(LuaDictForm.Word(bytes, LuaDictForm.RecordLinks + 8));
            LeastRecent = NumberOf(LuaDictForm.Word(bytes, LuaDictForm.RecordLinks));
        }

        ref Candidate candidate = ref _candidates[_count++];
        candidate.Next = 0;
        candidate.Previous = 0;
        if (bytes.Length >= MostHeadBytes && address != _header.Data)
            Look(ref candidate, number, bytes, grantedBytes);
        if (_count == _candidates.Length)
            Decide();
    }

    /// <summary>Leaves the links where they lead, nowhere, when the lengths of what a slot holds are not those of an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look(ref Candidate candidate, int number, ReadOnlySpan<byte> bytes, long grantedBytes)
    {
        ref LuaDictRecord record = ref candidate.Record;
        record = _form.Parse(bytes, number);
        if (!LuaDictForm.IsKnown(record.Type) || ZoneSlots.GrantedFor(_header.PageShift, _form.BytesOf(record)) != grantedBytes)
            return;
        candidate.Next = LuaDictForm.Word(bytes, _form.Links + 8);
        candidate.Previous = LuaDictForm.Word(bytes, _form.Links);
        Slots.Fetch(candidate.Next - (ulong)_form.Links);
        Slots.Fetch(candidate.Previous - (ulong)_form.Links);
    }

    /// <summary>Which slots taken since hold entries depends on where their links lead.</summary>
    private void Decide()
    {
        Span<Candidate> candidates = _candidates.AsSpan(0, _count);
        foreach (ref Candidate candidate in candidates)
        {
            candidate.NextNumber = NumberOf(candidate.Next);
            candidate.PreviousNumber = NumberOf(candidate.Previous);
            Links.Fetch(candidate.PreviousNumber);
        }

        foreach (ref readonly Candidate candidate in candidates)
        {
            int number = candidate.Record.Slot;
            int next = candidate.NextNumber;
            int previous = candidate.PreviousNumber;
            if (next == LuaDictLinks.NoEntry || previous == LuaDictLinks.NoEntry || next == number || previous == number)
            {
                Sizes.Add(default);
                continue;
            }

            Links.Add(number, next, previous);
            Sizes.Add(candidate.Record);
        }

        _count = 0;
    }

    /// <summary>What a slot holds if it is an entry.</summary>
    private struct Candidate
    {
        public LuaDictRecord Record;

        /// <summary>Address of the next entry's links; 0, which is in no zone, when the slot holds no entry.</summary>
        public ulong Next;
        public ulong Previous;
        public int NextNumber;
        public int PreviousNumber;
    }
}
