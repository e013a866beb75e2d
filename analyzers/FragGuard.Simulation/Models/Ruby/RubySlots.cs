using System;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>The slots of all pages: what each holds and the free lists through them.</summary>
internal sealed class RubySlots
{
    public const int None = -1;

    private RubySlotUse[] _use = new RubySlotUse[1024];
    private int[] _next = new int[1024];
    private long[] _requested = new long[1024];
    private int[] _site = new int[1024];
    private long[] _dataOffset = new long[1024];
    private long[] _dataGranted = new long[1024];

    public RubySlotUse Use(int slot) => _use[slot];

    public int Next(int slot) => _next[slot];

    /// <summary>Bytes of the object as the program sees it.</summary>
    public long Requested(int slot) => _requested[slot];

    public int Site(int slot) => _site[slot];

    /// <summary>Where the object's data outside the slot is, or −1 when it has none.</summary>
    public long DataOffset(int slot) => _dataOffset[slot];

    /// <summary>Bytes that malloc set aside for the data.</summary>
    public long DataGranted(int slot) => _dataGranted[slot];

    public void Ensure(int count)
    {
        if (count <= _use.Length)
            return;
        int length = Math.Max(count, _use.Length * 2);
        Array.Resize(ref _use, length);
        Array.Resize(ref _next, length);
        Array.Resize(ref _requested, length);
        Array.Resize(ref _site, length);
        Array.Resize(ref _dataOffset, length);
        Array.Resize(ref _dataGranted, length);
    }

    public void Link(int slot, int next)
    {
        _use[slot] = RubySlotUse.Empty;
        _next[slot] = next;
    }

    public void Fill(int slot, long requested, int site)
    {
        _use[slot] = RubySlotUse.Live;
        _requested[slot] = requested;
        _site[slot] = site;
        SetData(slot, None, 0);
    }

    public void SetData(int slot, long offset, long granted)
    {
        _dataOffset[slot] = offset;
        _dataGranted[slot] = granted;
    }

    public void Resize(int slot, long requested) => _requested[slot] = requested;

    public void Die(int slot) => _use[slot] = RubySlotUse.Dead;
}
