using System;

namespace FragGuard.Collector.Live;

/// <summary>Allocations of the last <see cref="WindowMs"/>, in slots that are used again once they are older.</summary>
internal sealed class AllocationRing
{
    /// <summary>Length of the window once the session is as old.</summary>
    public const double WindowMs = Slots * SlotMs;

    private const int Slots = 12;
    private const double SlotMs = 5_000;

    private readonly Slot[] _slots = new Slot[Slots];
    private long _newest;

    public void Add(double timeMs, double bytes, double variance)
    {
        Forget(SlotOf(timeMs));
        ref Slot slot = ref _slots[_newest % Slots];
        slot.Bytes += bytes;
        slot.Variance += variance;
        slot.Samples++;
    }

    /// <summary>What the window that ends now holds.</summary>
    public (double Bytes, double Variance, long Samples) Sum(double nowMs)
    {
        Forget(SlotOf(nowMs));
        (double Bytes, double Variance, long Samples) sum = default;
        foreach (Slot slot in _slots)
            sum = (sum.Bytes + slot.Bytes, sum.Variance + slot.Variance, sum.Samples + slot.Samples);
        return sum;
    }

    /// <summary>When the window that ends now began.</summary>
    public static double StartMs(double nowMs) => Math.Max(0, SlotOf(nowMs) - Slots + 1) * SlotMs;

    private static long SlotOf(double timeMs) => (long)(Math.Clamp(timeMs, 0, 1e15) / SlotMs);

    private void Forget(long slot)
    {
        for (long next = Math.Max(_newest + 1, slot - Slots + 1); next <= slot; next++)
            _slots[next % Slots] = default;
        _newest = Math.Max(_newest, slot);
    }

    private struct Slot
    {
        public double Bytes;
        public double Variance;
        public long Samples;
    }
}
