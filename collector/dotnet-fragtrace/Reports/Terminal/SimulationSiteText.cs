using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>The sites of a simulated heap as a person reads them.</summary>
internal static class SimulationSiteText
{
    private const int MostRows = 10;

    /// <summary>Nothing, where no site is known.</summary>
    public static void Write(TextCanvas canvas, string heading, IReadOnlyList<SiteRow> sites)
    {
        if (sites.All(row => row.Site is null))
            return;
        canvas.Heading(heading);
        TextTable table = new("site", ">blocks", ">granted", ">pages", ">held alone", ">traps");
        foreach (SiteRow row in sites.Take(MostRows))
        {
            table.Add(
                row.Site ?? "(unknown)",
                Amounts.Count(row.Blocks),
                Amounts.ExactBytes(row.GrantedBytes),
                Amounts.Count(row.Pages),
                Amounts.Count(row.SolePages),
                Amounts.ExactBytes(row.TrappedBytes));
        }

        canvas.Table(table);
        if (sites.Count > MostRows)
            canvas.Line($"and {Amounts.Count(sites.Count - MostRows)} more sites; --json has them all.");
        canvas.Line(
            "A page is held alone when no other site has a block in it. Free bytes of pages with live blocks are trapped, "
            + "shared among the sites by the bytes each has in the page.");
    }
}
