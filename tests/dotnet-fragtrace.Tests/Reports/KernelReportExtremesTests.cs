using System;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Kernel;
using FragGuard.Inspection.Tests.Kernel;

namespace FragGuard.FragTrace.Tests.Reports;

/// <summary>Reports of saved texts that are damaged, or made to be as large as they may: each is built, and all numbers stay possible.</summary>
public sealed class KernelReportExtremesTests(ITestOutputHelper output)
{
    private const int Mutations = 1_000;
    private const long Most = 1L << 53;

    public static TheoryData<string> Saved => SavedTexts.All;

    public static TheoryData<string, string> Largest => new()
    {
        { "slabinfo", Lines(16_000, line => $"k-{line} 4294967296 4294967296 4194304 4294967296 1024 : tunables 0 0 0 : slabdata 4294967296 4294967296 0") },
        { "slabinfo", Lines(16_000, line => $"k-{line} 1 1 4194304 1 1024 : tunables 0 0 0 : slabdata 8388 8388 0") },
        { "vmstat", Lines(4_000, line => $"allocstall_{line} {Most}") },
        { "meminfo", Lines(1, _ => $"MemTotal: {Most} kB\nSlab: {Most} kB\nCached: {Most} kB\nBuffers: {Most} kB") },
        { "buddyinfo", Lines(8_000, line => $"Node {line}, zone Normal {Orders}") },
        { "zoneinfo", Lines(8_000, line => $"Node {line}, zone Normal\n managed {1L << 44}") },
        { "pagetypeinfo", Lines(30_000, line => $"Node 0, zone Normal, type T{line} {Orders}") },
        { "pagetypeinfo", Lines(30_000, line => $"Node {line}, zone Normal, type Movable {Orders}") },
    };

    private static string Orders => string.Join(' ', Enumerable.Range(0, 16).Select(order => FormattableString.Invariant($"{1L << (44 - order)}")));

    [Theory, MemberData(nameof(Largest))]
    public void LargestNumbersOnManyLines_AreReportedOrNamed(string source, string text)
    {
        KernelText[] texts =
        [
            new(KernelTextKind.BuddyInfo, "buddyinfo", "Node 0, zone Normal 1 1 1 1 0 0 0 0 0 0 0"), KernelTextKinds.Recognise(source, text)!,
        ];

        RequirePossible(texts);
        RequirePossible(texts[1..]);
    }

    [Theory, MemberData(nameof(Saved))]
    public void DamagedText_IsReportedOrNamed(string text)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int i = 0; i < Mutations; i++)
        {
            if (KernelTextKinds.Recognise("saved.txt", DamagedText.Of(text, random)) is { } recognised)
                RequirePossible(recognised);
        }
    }

    private static void RequirePossible(params KernelText[] texts)
    {
        KernelReport report = KernelReportBuilder.Build(KernelSnapshot.From(texts, []), release: null);

        Assert.NotEmpty(KernelPage.Build(report).Sections);
        Assert.InRange(report.AllSlabs?.Bytes ?? 0, 0, Most);
        Assert.InRange(report.AllSlabs?.WasteBytes ?? 0, 0, report.AllSlabs?.Bytes ?? 0);
        Assert.All(report.Memory, row => Assert.InRange(row.Value, 0, Most));
        Assert.All(report.Counters, row => Assert.InRange(row.Value, 0, long.MaxValue));
        Assert.All(report.Zones, zone =>
        {
            Assert.InRange(zone.FreePages, 0, long.MaxValue);
            Assert.All(zone.Unusable, share => Assert.InRange(share, 0, 1));
        });
        Assert.All(report.MigrateTypes ?? [], row => Assert.InRange(row.FreePages, 0, long.MaxValue));
    }

    private static string Lines(int count, Func<int, FormattableString> line) =>
        string.Join('\n', Enumerable.Range(0, count).Select(at => FormattableString.Invariant(line(at))));
}
