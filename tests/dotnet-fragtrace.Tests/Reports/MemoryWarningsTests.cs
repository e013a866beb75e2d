using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Procfs;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class MemoryWarningsTests
{
    private static readonly SystemLevel Calm = new(
        VirtualBytes: 1 << 30, InaccessibleBytes: 0, ResidentBytes: 1 << 20, AnonymousBytes: 1 << 20, FileBytes: 0, SharedMemoryBytes: 0,
        ProportionalBytes: 1 << 20, PrivateBytes: 1 << 20, SwappedBytes: 0, LazyFreeBytes: 0, HugePageBytes: 0, HugeTlbBytes: 0,
        UntouchedBytes: 1000, new ProcessMemoryStatus(1 << 30, 1 << 30, 1 << 20, 1 << 20, 0, 0, 1 << 20, 0, 0, 0, 0), new ControlGroupMemory(1000, 899),
        AvailableBytes: 1000);

    [Fact]
    public void CalmProcess_HasNone() => Assert.Empty(Of(Calm with { UntouchedBytes = 101 }));

    [Fact]
    public void Swap_IsAnAlarm()
    {
        MemoryWarning warning = Assert.Single(MemoryWarnings.Of(Calm with { Limit = null, SwappedBytes = 4096 }, 0));

        Assert.Equal(("swapped", true), (warning.Kind, warning.IsAlarm));
    }

    [Fact]
    public void UseNearTheLimit_IsAnAlarm_AndLeavesLittleForWhatWasNeverTouched()
    {
        IReadOnlyList<MemoryWarning> warnings = Of(Calm with { Limit = new ControlGroupMemory(1000, 900), UntouchedBytes = 101 });

        Assert.Equal([("limitNear", true), ("untouched", false)], warnings.Select(static one => (one.Kind, one.IsAlarm)));
    }

    /// <summary>A container that reads files sits at its limit, full of pages that can be taken back at any time.</summary>
    [Theory]
    [InlineData(990, 91, 101, new string[0])]
    [InlineData(990, 90, 100, new[] { "limitNear" })]
    [InlineData(990, 91, 102, new[] { "untouched" })]
    [InlineData(990, 5000, 1000, new string[0])]
    public void PagesOfFilesNotNeededForLong_AreLeft(long used, long inactive, long untouched, string[] warnings)
    {
        SystemLevel system = Calm with
        {
            Limit = new ControlGroupMemory(1000, used) { InactiveFileBytes = inactive }, UntouchedBytes = untouched,
        };

        Assert.Equal(warnings, Of(system).Select(static one => one.Kind), StringComparer.Ordinal);
    }

    [Fact]
    public void ZonesNotLoaded_AreAWarning_WhenTheyNeedMuchOfWhatIsLeft()
    {
        Assert.Empty(MemoryWarnings.Of(Calm with { Limit = null }, 100));
        Assert.Equal("unloadedZones", Assert.Single(MemoryWarnings.Of(Calm with { Limit = null }, 101)).Kind);
        Assert.Empty(MemoryWarnings.Of(Calm with { Limit = null, AvailableBytes = null }, 101));
    }

    private static IReadOnlyList<MemoryWarning> Of(SystemLevel system) => MemoryWarnings.Of(system, 0);
}
