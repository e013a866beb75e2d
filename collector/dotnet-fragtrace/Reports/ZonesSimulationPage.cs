using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>What was simulated for a zone as sections of a page.</summary>
internal static class ZonesSimulationPage
{
    public static IEnumerable<PageSection> Sections(string name, ZonesSimulation simulated)
    {
        if (simulated.Why is { } why)
        {
            yield return new PageSection($"{name}: simulated", why);
            yield break;
        }

        yield return new PageSection(
            $"{name}: after evictions (simulated)", "The oldest entries go first, as they do when a store finds no room; one store evicts at most 30 by force.",
            new PageTable(
                [">entries evicted", ">free", ">free pages", ">largest value that fits"],
                [.. simulated.Evictions.Select(row => (IReadOnlyList<string>)
                [
                    Amounts.Count(row.Evicted), Amounts.Bytes(row.FreeBytes), Amounts.Count(row.FreePages), Amounts.ExactBytes(row.LargestValueBytes),
                ])]));
    }
}
