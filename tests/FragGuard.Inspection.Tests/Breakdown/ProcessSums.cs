using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Breakdown;

/// <summary>A breakdown taken for a test, and what must be true of any.</summary>
internal static partial class ProcessSums
{
    public static ProcessBreakdown Read(int processId)
    {
        using InspectedProcess process = InspectedProcess.Open(processId);
        return BreakdownReader.Read(process, []);
    }

    /// <summary>A process that stands still: all parts add up to what the kernel sums itself, to the byte.</summary>
    public static ProcessBreakdown ReadAtRest(int processId)
    {
        ProcessBreakdown breakdown = Read(processId);
        AddsUp(breakdown);
        Assert.Equal(0, breakdown.DriftBytes);
        Assert.Equal(Rollup(processId, "Rss"), breakdown.System.ResidentBytes);
        Assert.Equal(Rollup(processId, "Swap"), breakdown.System.SwappedBytes);
        Assert.Equal(Rollup(processId, "Anonymous"), breakdown.System.AnonymousBytes);
        Assert.Equal(Rollup(processId, "LazyFree"), breakdown.System.LazyFreeBytes);
        Assert.InRange(breakdown.System.PrivateBytes, 0, breakdown.System.ProportionalBytes);
        Assert.Equal(breakdown.System.Status.VirtualBytes, breakdown.System.VirtualBytes);
        return breakdown;
    }

    public static void AddsUp(ProcessBreakdown breakdown)
    {
        SystemLevel system = breakdown.System;
        Assert.Equal(system.ResidentBytes, breakdown.Parts.Sum(static part => part.ResidentBytes));
        Assert.Equal(system.SwappedBytes, breakdown.Parts.Sum(static part => part.SwappedBytes));
        Assert.Equal(system.VirtualBytes, breakdown.Parts.Sum(static part => part.ReservedBytes));
        Assert.Equal(system.ProportionalBytes, breakdown.Parts.Sum(static part => part.ProportionalBytes));
        Assert.Equal(system.LazyFreeBytes, breakdown.Parts.Sum(static part => part.LazyFreeBytes));
        Assert.Equal(system.ResidentBytes, system.AnonymousBytes + system.FileBytes + system.SharedMemoryBytes);
        Assert.All(breakdown.Parts, static part => Assert.True(part is { ResidentBytes: >= 0, SwappedBytes: >= 0, ProportionalBytes: >= 0, LazyFreeBytes: >= 0 }));
        Assert.All(breakdown.Parts, static part => Assert.True(part.ResidentBytes <= part.ReservedBytes));
        Assert.All(breakdown.Parts, static part => Assert.True(part.ProportionalBytes <= part.ResidentBytes));
    }

    public static long Resident(this ProcessBreakdown breakdown, PartKind kind) =>
        breakdown.Parts.Where(part => part.Kind == kind).Sum(static part => part.ResidentBytes);

    public static long Reserved(this ProcessBreakdown breakdown, PartKind kind) =>
        breakdown.Parts.Where(part => part.Kind == kind).Sum(static part => part.ReservedBytes);

    /// <summary>The kernel's own sum over all mappings, in bytes.</summary>
    public static long Rollup(int processId, string key)
    {
        string text = File.ReadAllText(FormattableString.Invariant($"/proc/{processId}/smaps_rollup"));
        Match match = Regex.Match(text, $@"^{key}:\s+(?<kb>\d+) kB$", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        return 1024 * long.Parse(match.Groups["kb"].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Resident bytes of the mapping with this name, read without the product's parser.</summary>
    public static long ResidentOf(int processId, string name)
    {
        string text = File.ReadAllText(FormattableString.Invariant($"/proc/{processId}/smaps"));
        return Head().Matches(text).Where(match => string.Equals(match.Groups["name"].Value, name, StringComparison.Ordinal))
            .Sum(static match => 1024 * long.Parse(match.Groups["rss"].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^[0-9a-f]+-[0-9a-f]+ .... \S+ \S+ \d+ +(?<name>\S.*)?\n(?:[A-Z]\S+: .*\n)*?Rss: +(?<rss>\d+) kB$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Head();
}
