using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Breakdown;

namespace FragGuard.Inspection.Tests.Breakdown;

public sealed class CountedGcHeapTests
{
    [Theory]
    [InlineData(1000, 100, 0, 100, 90)]
    [InlineData(1000, 100, 0, 50, 90)]
    [InlineData(1000, 100, 800, 100, 90)]
    [InlineData(1000, 100, 800, 100, 800)]
    [InlineData(1000, 100, 900, 100, 999)]
    [InlineData(1000, 1000, 0, 333, 1)]
    [InlineData(1000, 1000, 0, 1000, 5000)]
    [InlineData(1000, 0, 700, 0, 600)]
    public void Parts_AddUp_AndHoldNoMoreThanTheyCan(long accessible, long resident, long swapped, long proportional, long objects)
    {
        IReadOnlyList<MemoryPart> parts = CountedGcHeap.Divide([Heap(accessible, resident, swapped, proportional)], objects, null);

        Assert.Equal(
            (accessible, resident, swapped, proportional),
            (parts.Sum(static one => one.AccessibleBytes), parts.Sum(static one => one.ResidentBytes), parts.Sum(static one => one.SwappedBytes),
                parts.Sum(static one => one.ProportionalBytes)));
        Assert.All(parts, static one => Assert.InRange(one.ProportionalBytes, 0, one.ResidentBytes));
        Assert.All(parts, static one => Assert.InRange(one.ResidentBytes + one.SwappedBytes, 0, one.AccessibleBytes));
    }

    [Fact]
    public void MemoryOfOneProcess_IsProportionalToTheByte()
    {
        IReadOnlyList<MemoryPart> parts = CountedGcHeap.Divide([Heap(accessible: 1000, resident: 100, swapped: 0, proportional: 100)], 90, null);

        Assert.Equal(
            [(PartKind.GcHeap, 90, 90), (PartKind.GcUnused, 10, 10)],
            parts.Select(static one => (one.Kind, one.ResidentBytes, one.ProportionalBytes)));
    }

    private static MemoryPart Heap(long accessible, long resident, long swapped, long proportional) =>
        new(PartKind.GcHeap, 1, 1L << 38, accessible, resident, swapped, proportional, 0, Certainty.Likely, "");
}
