using System.IO;
using FragGuard.Simulation.Advice;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>What every remedy makes of a trace, best first, as a person reads it.</summary>
internal static class AdviceText
{
    public static void Write(TraceAdvice advice, TextWriter output)
    {
        TextCanvas canvas = new(output);
        canvas.Heading($"{advice.Model}: remedies, best first");
        TextTable table = new(
            "remedy", ">unserved", ">with space", ">resident, mean", ">committed, peak", ">stranded", ">internal", ">heaps", ">extra");
        Row(table, advice.AsWritten);
        foreach (RemedyOutcome remedy in advice.Remedies)
            Row(table, remedy);
        canvas.Table(table);
        foreach (RemedyOutcome remedy in advice.Remedies)
            canvas.Line($"{remedy.Id}: {remedy.Advice}.");
        if (!advice.IsWholeTrace)
            canvas.Line($"Judged on the first {Amounts.Count(advice.Operations)} operations.");
        canvas.Line(
            "Unserved: refused or evicted; with space: refused while enough bytes were free. Stranded: share of the free "
            + "bytes in extents too small for the largest request of their heap, a mean over the run. Extra: memory beyond "
            + "the zone as it is. A split by lifetime needs lifetimes known beforehand.");
    }

    private static void Row(TextTable table, RemedyOutcome remedy) => table.Add(
        remedy.Id,
        Amounts.Count(remedy.Unserved),
        Amounts.Count(remedy.FailedWithSpace),
        Amounts.Bytes(remedy.MeanResidentBytes),
        Amounts.Bytes(remedy.PeakCommittedBytes),
        Amounts.Percent(remedy.Stranded),
        Amounts.Percent(remedy.InternalWaste),
        Amounts.Count(remedy.Heaps),
        Amounts.Bytes(remedy.ExtraBytes));
}
