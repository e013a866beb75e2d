using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Collector.Forecasts;

/// <summary>
/// Generations 0 to 2 as the model lays them out GC after GC. It begins with a real heap; from then on it is told what is born
/// and what dies, and neither where things are nor what a GC decided. Pieces are known by where the real heap has them.
/// </summary>
internal sealed class UnaidedHeap(long regionBytes)
{
    private const int Oldest = 2;
    private const long MinObjectBytes = 24;
    private const long RegionHeaderBytes = 40;

    // Every GC goes through all of them.
    private const int MaxPieces = 1 << 18;

    // Dead bytes of a generation that the model has not collected yet.
    private const long Garbage = -1;

    private List<GcForecastRegion> _regions = [];

    /// <summary>GCs it went through.</summary>
    public int Gcs { get; private set; }

    /// <summary>Whether it has come to more pieces than can be gone through at every GC.</summary>
    public bool IsTooLarge => _regions.Sum(static region => region.Live.Count) > MaxPieces;

    /// <summary>Begins with the regions of a real heap; tags are the addresses of what lives.</summary>
    public void Begin(IEnumerable<GcForecastRegion> regions)
    {
        _regions = [.. regions];
        Gcs = 0;
    }

    /// <summary>What is born and what dies between two GCs, both known by the second one.</summary>
    /// <param name="generation">Oldest generation it collects.</param>
    /// <param name="real">Regions it began with.</param>
    /// <param name="survivors">By address, without overlap.</param>
    /// <returns>Whether a heap can be so: a stream may lie, and then this one is of no use any more.</returns>
    public bool Live(int generation, IReadOnlyList<GenerationExtent> real, IReadOnlyList<SeenPlug> survivors)
    {
        GenerationExtent[] sorted = [.. real.Where(static region => region.Generation <= Oldest).OrderBy(static region => region.Start)];
        Deaths deaths = new(generation, sorted, survivors);
        List<Birth> births = Births(real, survivors, deaths);
        GcForecastRegion[] left = [.. _regions.Select(region => region with { Live = deaths.Cut(region) })];
        foreach (Birth birth in births.Where(static birth => birth.Home >= 0))
            left[birth.Home] = birth.In(left[birth.Home]);
        _regions = [.. left, .. births.Where(static birth => birth.Home < 0).Select(static birth => birth.Apart())];
        return _regions.TrueForAll(IsPossible);
    }

    /// <summary>Plans and carries out the GC.</summary>
    public GcForecast Collect(int generation, bool promotes, bool compacts)
    {
        Gcs++;
        GcForecast forecast = GcForecast.Of(
            generation, regionBytes, [.. _regions.Where(region => region.Generation <= generation + 1)], promotes, compacts,
            listsRegions: true);
        _regions = [.. forecast.Regions, .. _regions.Where(region => region.Generation > generation + 1)];
        return forecast;
    }

    public long LiveBytes(Func<int, bool> isCounted) =>
        _regions.Where(region => isCounted(region.Generation)).Sum(static region => region.Live.Sum(static plug => plug.Bytes));

    public PredictedGeneration Measure(int generation)
    {
        long size = _regions.Where(region => region.Generation == generation).Sum(static region => region.UsedBytes);
        return new PredictedGeneration(generation, size, size - LiveBytes(one => one == generation));
    }

    /// <summary>Whether what lives follows each other within the region, with nothing or room for an object between.</summary>
    private bool IsPossible(GcForecastRegion region)
    {
        long end = 0;
        foreach (GcForecastPlug plug in region.Live)
        {
            bool fits = plug.Offset == end || plug.Offset - end >= MinObjectBytes;
            if (!fits || plug.Bytes < MinObjectBytes)
                return false;
            end = plug.Offset + plug.Bytes;
        }

        return end <= region.UsedBytes && region.UsedBytes <= regionBytes - RegionHeaderBytes;
    }

    /// <summary>Objects made since the last GC, region by region in the order in which the program filled them.</summary>
    private List<Birth> Births(IReadOnlyList<GenerationExtent> real, IReadOnlyList<SeenPlug> survivors, Deaths deaths)
    {
        (long Start, long End)[] known =
        [
            .. _regions.SelectMany(static region => region.Live)
                .Where(plug => plug.Tag != Garbage && deaths.GenerationOf(plug.Tag) == 0)
                .Select(static plug => (plug.Tag, plug.Tag + plug.Bytes))
                .Order(),
        ];
        List<Birth> births = [];
        foreach (GenerationExtent young in real.Where(static region => region.Generation == 0 && region.UsedBytes > 0))
        {
            ReadOnlySpan<(long Start, long End)> there = Within(known, young);
            long older = 0;
            foreach ((long start, long end) in there)
                older += end - start;
            List<GcForecastPlug> plugs = [];
            AddUnknown(plugs, young, survivors, there);
            births.Add(new Birth((long)young.UsedBytes, older, plugs, older == 0 ? -1 : HomeOf(young)));
        }

        return births;
    }

    /// <summary>The region in which the model has what the real heap has in that one, in the same places; −1 for none.</summary>
    private int HomeOf(GenerationExtent young) => _regions.FindIndex(region => region is { Generation: 0, Live.Count: > 0 }
        && region.Live.All(plug => plug.Tag - (long)young.Start == plug.Offset));

    private static ReadOnlySpan<(long Start, long End)> Within((long Start, long End)[] known, GenerationExtent region)
    {
        int first = FirstFrom(known, (long)region.Start);
        return known.AsSpan(first..FirstFrom(known, (long)region.UsedEnd));
    }

    private static int FirstFrom((long Start, long End)[] known, long address)
    {
        int found = Array.BinarySearch(known, (address, long.MinValue));
        return found < 0 ? ~found : found;
    }

    private static void AddUnknown(
        List<GcForecastPlug> plugs, GenerationExtent young, IReadOnlyList<SeenPlug> survivors, ReadOnlySpan<(long Start, long End)> known)
    {
        int next = 0;
        for (int i = SeenPlugs.FirstBehind(survivors, (long)young.Start); i < survivors.Count && survivors[i].Start < young.UsedEnd; i++)
        {
            SeenPlug plug = survivors[i];
            long at = (long)plug.Start;
            while (next < known.Length && known[next].End <= at)
                next++;
            for (int j = next; j < known.Length && known[j].Start < (long)plug.End; j++)
            {
                Add(plugs, young, plug, at, known[j].Start);
                at = Math.Max(at, known[j].End);
            }

            Add(plugs, young, plug, at, (long)plug.End);
        }
    }

    private static void Add(List<GcForecastPlug> plugs, GenerationExtent young, SeenPlug plug, long start, long end)
    {
        if (end > start)
        {
            plugs.Add(new GcForecastPlug(start - (long)young.Start, end - start, plug.IsPinned)
            {
                Tag = (long)plug.NewStart + start - (long)plug.Start,
            });
        }
    }

    /// <summary>Cuts what died out of the model's regions and follows what moved in the real heap.</summary>
    private sealed class Deaths(int collected, GenerationExtent[] real, IReadOnlyList<SeenPlug> survivors)
    {
        public List<GcForecastPlug> Cut(GcForecastRegion region)
        {
            List<GcForecastPlug> left = [];
            foreach (GcForecastPlug plug in region.Live)
            {
                bool isGarbage = plug.Tag == Garbage;
                if (!isGarbage && GenerationOf(plug.Tag) > collected)
                    left.Add(plug);
                else if (region.Generation > collected)
                    AddParts(left, plug, keepsGarbage: true);
                else if (!isGarbage)
                    AddParts(left, plug, keepsGarbage: false);
            }

            return left;
        }

        private void AddParts(List<GcForecastPlug> left, GcForecastPlug plug, bool keepsGarbage)
        {
            long at = plug.Tag;
            long end = plug.Tag + plug.Bytes;
            for (int i = plug.Tag == Garbage ? survivors.Count : SeenPlugs.FirstBehind(survivors, plug.Tag); i < survivors.Count && (long)survivors[i].Start < end; i++)
            {
                SeenPlug survivor = survivors[i];
                long from = Math.Max(at, (long)survivor.Start);
                long to = Math.Min(end, (long)survivor.End);
                if (to <= from)
                    continue;
                AddGarbage(at, from);
                left.Add(new GcForecastPlug(plug.Offset + from - plug.Tag, to - from, survivor.IsPinned)
                {
                    Tag = (long)survivor.NewStart + from - (long)survivor.Start,
                });
                at = to;
            }

            AddGarbage(at, end);

            void AddGarbage(long from, long to)
            {
                if (keepsGarbage && to > from)
                    left.Add(new GcForecastPlug(plug.Offset + from - plug.Tag, to - from) { Tag = Garbage });
            }
        }

        /// <summary>The generation in which the real heap has what is there.</summary>
        public int GenerationOf(long address)
        {
            int low = 0;
            int high = real.Length - 1;
            while (low <= high)
            {
                int middle = (low + high) >>> 1;
                if ((long)real[middle].Start <= address)
                    low = middle + 1;
                else
                    high = middle - 1;
            }

            return high >= 0 && address < (long)real[high].UsedEnd ? real[high].Generation : 0;
        }
    }

    /// <summary>What the program made in one region since the last GC.</summary>
    /// <param name="UsedBytes">Of the region, older objects included.</param>
    /// <param name="OlderBytes">Objects in it that went through a GC.</param>
    /// <param name="Home">The region of the model that is this one; −1 when there is none.</param>
    private sealed record Birth(long UsedBytes, long OlderBytes, List<GcForecastPlug> Plugs, int Home)
    {
        public GcForecastRegion In(GcForecastRegion home) => home with
        {
            UsedBytes = Math.Max(home.UsedBytes, UsedBytes),
            Live = [.. home.Live.Concat(Plugs).OrderBy(static plug => plug.Offset)],
        };

        /// <summary>As a region of their own.</summary>
        public GcForecastRegion Apart() => new(
            0, Math.Max(UsedBytes - OlderBytes, Plugs.Count == 0 ? 0 : Plugs[^1].Offset + Plugs[^1].Bytes), Plugs);
    }
}
