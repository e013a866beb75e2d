using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Live;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Live;

/// <summary>One line of text per look, for a file, a pipe or a terminal that cannot redraw.</summary>
/// <param name="columns">Columns of that terminal; 0 for as many as it takes.</param>
internal sealed class PlainLines(TextWriter output, int columns) : ILiveView
{
    private const string Separator = "  ";

    public Task RunAsync(Func<Action<LiveMoment>, Task> watch) => watch(Show);

    /// <summary>The look in one line, most important first.</summary>
    public static string LineOf(LiveMoment moment) => string.Join(Separator, Parts(moment));

    private static IEnumerable<string> Parts(LiveMoment moment)
    {
        yield return LiveWords.Clock(moment.Elapsed);
        if (moment.LastGc is null)
            yield return "no GC yet";
        else
            yield return HeapPart(moment);
        yield return LiveWords.Gcs(moment);
        foreach (LiveGeneration one in moment.Generations.Where(one => one.SizeBytes > 0))
            yield return GenerationPart(one);
        if (moment.Allocation.Method != AllocationMethod.Unknown)
            yield return AllocationPart(moment.Allocation);
        if (moment.Pools is { } pools)
            yield return "pools " + LiveWords.Counts(pools.Recent);
        yield return $"{Amounts.Count(moment.EventsLost)} events lost";
    }

    private static string HeapPart(LiveMoment moment)
    {
        long bytes = moment.Generations.Sum(one => one.SizeBytes);
        long freeBytes = moment.Generations.Sum(one => one.FreeBytes);
        return $"heap {Amounts.Bytes(bytes)}, free {Amounts.Percent(bytes <= 0 ? 0 : (double)freeBytes / bytes)}";
    }

    private static string GenerationPart(LiveGeneration one)
    {
        string hole = one.LargestHoleBytes is { } largest ? $", largest hole {Amounts.Bytes(largest)}" : "";
        return $"{one.Name} {Amounts.Bytes(one.SizeBytes)}, free {Amounts.Percent(one.Fragmentation)}{hole}";
    }

    private static string AllocationPart(LiveAllocation allocation)
    {
        string top = allocation.Types is [var first, ..] ? $", {Amounts.Percent(first.Share)} {first.Type}" : "";
        return $"allocates {LiveWords.Rate(allocation.BytesPerSecond, allocation.ErrorRatio)}{top}";
    }

    private void Show(LiveMoment moment)
    {
        string line = Printable.Line(LineOf(moment));
        if (columns > 0 && line.Length >= columns)
            line = line[..(columns - 1)];
        output.WriteLine(line);
        output.Flush();
    }
}
