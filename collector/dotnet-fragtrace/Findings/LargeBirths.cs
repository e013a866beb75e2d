using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Findings;

/// <summary>What the code at one place did on the large-object heap.</summary>
/// <param name="Births">Large objects allocated there.</param>
/// <param name="Bytes">Their bytes, headers left out.</param>
/// <param name="Deaths">Of them, those that a full GC found dead.</param>
internal sealed record LargeBirthSite(AllocationSite Site, long Births, long Bytes, long Deaths);

/// <summary>The large objects of a run by the code that allocated them.</summary>
/// <param name="Sites">Those that allocated any, in the order of the trace's sites.</param>
/// <param name="Bytes">Of all large objects that were born.</param>
/// <param name="SitelessBirths">Of them, those whose site is not known.</param>
/// <param name="SitelessBytes">Bytes of those.</param>
internal sealed record LargeBirths(IReadOnlyList<LargeBirthSite> Sites, long Bytes, long SitelessBirths, long SitelessBytes)
{
    public static LargeBirths Of(AllocationTrace trace)
    {
        Dictionary<int, (long Births, long Bytes, long Deaths)> sums = [];
        Dictionary<long, int> siteOf = [];
        long all = 0;
        foreach (AllocationEvent one in trace.Events)
        {
            if (one.Kind == AllocationEventKind.Allocate)
            {
                all += one.Bytes;
                siteOf[one.Id] = one.Site;
                (long births, long bytes, long deaths) = sums.GetValueOrDefault(one.Site);
                sums[one.Site] = (births + 1, bytes + one.Bytes, deaths);
            }
            else if (one.Kind == AllocationEventKind.Free && siteOf.Remove(one.Id, out int site))
            {
                (long births, long bytes, long deaths) = sums[site];
                sums[site] = (births, bytes, deaths + 1);
            }
        }

        LargeBirthSite[] sites =
        [
            .. sums.Where(pair => pair.Key >= 0 && pair.Key < trace.Sites.Count)
                .OrderBy(pair => pair.Key)
                .Select(pair => new LargeBirthSite(trace.Sites[pair.Key], pair.Value.Births, pair.Value.Bytes, pair.Value.Deaths)),
        ];
        return new LargeBirths(
            sites, all, sums.Values.Sum(one => one.Births) - sites.Sum(one => one.Births), all - sites.Sum(one => one.Bytes));
    }

    /// <summary>Those at a place: its line, or its method where the optimized code tells no line.</summary>
    public IReadOnlyList<LargeBirthSite> At(SourcePlace place) =>
        [.. place.Match(Sites, one => one.Site).Concat(place.MatchMethod(Sites, one => one.Site)).Distinct()];
}
