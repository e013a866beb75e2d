using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FragGuard.Inspection.Kernel;
using FragGuard.Simulation.Tests;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>
/// Our indices against those the kernel prints. Counts move between two readings, so that buddyinfo and the indices are
/// read twice in turn and buddyinfo once more: a zone is compared when nothing of it changed on the way.
/// </summary>
public sealed class KernelIndicesLiveTests(ITestOutputHelper output)
{
    private const string Folder = "/sys/kernel/debug/extfrag/";
    private const int Wanted = 30;
    private const int Attempts = 20_000;

    [Fact]
    public void Indices_EqualDebugfsToTheDigit()
    {
        LivePrograms.Needs(
            OperatingSystem.IsLinux() && Directory.Exists(Folder), "The kernel's indices need debugfs and its administrator.");
        int compared = 0;
        for (int attempt = 0; attempt < Attempts && compared < Wanted; attempt++)
        {
            GC.KeepAlive(new byte[(attempt % 64) << 16]);
            Moment first = Moment.Read();
            Moment second = Moment.Read();
            string[] after = Moment.Blocks();
            IReadOnlyList<KernelZone> zones = KernelSnapshot.From(
                [new KernelText(KernelTextKind.BuddyInfo, "buddyinfo", string.Join('\n', first.Buddies))], []).Zones;
            for (int line = 0; line < after.Length; line++)
            {
                if (!first.IsSame(second, line) || !string.Equals(after[line], first.Buddies[line], StringComparison.Ordinal))
                    continue;
                Assert.Equal(Fields(first.Unusable[line]), Printed(zones[line], zones[line].Unusable));
                Assert.Equal(Fields(first.External[line]), Printed(zones[line], zones[line].External));
                compared += zones[line].FreePages > 100_000 ? 1 : 0;
            }
        }

        output.WriteLine($"{compared} moments of large zones compared");
        Assert.True(compared >= Wanted, "The free blocks never stood still.");
    }

    [Fact]
    public void LiveKernel_IsReadWholeAndChecksItself()
    {
        LivePrograms.Needs(
            OperatingSystem.IsLinux() && Directory.Exists(Folder), "The kernel's indices need debugfs and its administrator.");

        KernelSnapshot kernel = LiveKernel.Read();

        Assert.NotEmpty(kernel.Zones);
        Assert.NotNull(kernel.Slabs);
        Assert.NotNull(kernel.PageTypes);
        Assert.Equal(2 * kernel.Zones.Sum(zone => zone.Orders), kernel.Check!.Compared);
        Assert.All(kernel.Zones, zone => Assert.NotNull(zone.Info));
        Assert.Equal(Environment.SystemPageSize, kernel.PageBytes);

        // The page size that follows from the texts alone is the machine's.
        Assert.Equal(Environment.SystemPageSize, KernelSnapshot.From(kernel.Texts, []).PageBytes);
        Assert.True(KernelSnapshot.From(kernel.Texts, []).IsPageSizeKnown);
    }

    [Fact]
    public void EveryLiveText_IsRecognisedByItsContent()
    {
        LivePrograms.Needs(OperatingSystem.IsLinux(), "The kernel's files are Linux's.");

        Assert.All(
            LiveKernel.Read().Texts.Where(text => text.Kind < KernelTextKind.UnusableIndex),
            text => Assert.Equal(text, KernelTextKinds.Recognise(text.Source, text.Text)));
    }

    private static string[] Fields(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>As C's "%d.%03d" prints the whole part and the rest.</summary>
    private static string[] Printed(KernelZone zone, IEnumerable<int> thousandths) =>
    [
        "Node", zone.Node.ToString(CultureInfo.InvariantCulture) + ",", "zone", zone.Name,
        .. thousandths.Select(index => (index / 1000).ToString(CultureInfo.InvariantCulture) + "."
            + (index % 1000 < 0 ? (index % 1000).ToString("00", CultureInfo.InvariantCulture) : (index % 1000).ToString("000", CultureInfo.InvariantCulture))),
    ];

    /// <summary>Three files read one after the other.</summary>
    private sealed record Moment(string[] Buddies, string[] Unusable, string[] External)
    {
        public static Moment Read() =>
            new(Blocks(), File.ReadAllLines(Folder + "unusable_index"), File.ReadAllLines(Folder + "extfrag_index"));

        public static string[] Blocks() => File.ReadAllLines("/proc/buddyinfo");

        public bool IsSame(Moment other, int line) => string.Equals(Buddies[line], other.Buddies[line], StringComparison.Ordinal)
            && string.Equals(Unusable[line], other.Unusable[line], StringComparison.Ordinal)
            && string.Equals(External[line], other.External[line], StringComparison.Ordinal);
    }
}
