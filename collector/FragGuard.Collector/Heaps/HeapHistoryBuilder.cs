using System;
using System.Collections.Generic;
using FragGuard.Collector.Sites;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Heaps;

/// <summary>Turns what was gathered of a heap into its history, once sites can be resolved.</summary>
internal sealed class HeapHistoryBuilder(
    HeapMoments moments, SampledObjects samples, PinLog pins, AllocationSources largeSources)
{
    private readonly List<AllocationSite> _sites = [];
    private readonly Dictionary<AllocationSite, int> _numbers = [];

    /// <summary>The sources of large objects must be resolved.</summary>
    public HeapHistory Build(SiteResolver resolver)
    {
        samples.Sources.Resolve(resolver);
        HeapSnapshot[] snapshots = Snapshots();
        Dictionary<int, SourceLifetimes> lifetimes = samples.Build();
        double followed = 0;
        double unknown = 0;
        foreach (SourceLifetimes one in lifetimes.Values)
        {
            followed += one.FollowedBytes;
            unknown += one.UnknownBytes + one.UnjudgedBytes;
        }

        return new HeapHistory
        {
            Snapshots = snapshots,
            Tracks = Tracks(),
            Samples = samples.Kind,
            Allocations = new AllocationHistoryBuilder(samples, resolver, NumberOf).Build(lifetimes),
            Lifetimes = Lifetimes(lifetimes),
            UnknownLifetimeRatio = followed <= 0 ? 0 : unknown / followed,
            HasPins = pins.IsReported,
            Pins = pins.Build(source => source < 0 ? null : samples.Sources.Sites[samples.Sources.SiteOf(source)]),
            OmittedPins = pins.Omitted,
            Sites = _sites,
        };
    }

    private HeapSnapshot[] Snapshots()
    {
        IReadOnlyList<KeptHeap> kept = moments.Build();
        HeapSnapshot[] snapshots = new HeapSnapshot[kept.Count];
        for (int i = 0; i < snapshots.Length; i++)
            snapshots[i] = Snapshot(kept[i].Moment, kept[i].Draft);
        return snapshots;
    }

    private HeapSnapshot Snapshot(HeapMomentKind moment, HeapDraft draft)
    {
        List<GenerationLayout> generations = [];
        foreach (GenerationDraft? one in draft.Generations)
        {
            if (one is not null)
                generations.Add(new GenerationLayoutBuilder(one, NumberOf).Build());
        }

        return new HeapSnapshot(moment, draft.GcNumber, draft.Collected, draft.Kind, draft.TimeMs, generations);
    }

    private GenerationTrack[] Tracks()
    {
        IReadOnlyList<IReadOnlyList<TrackDraft>> drafts = moments.BuildTracks();
        GenerationTrack[] tracks = new GenerationTrack[drafts.Count];
        for (int i = 0; i < tracks.Length; i++)
            tracks[i] = Track(drafts[i]);
        return tracks;
    }

    private GenerationTrack Track(IReadOnlyList<TrackDraft> drafts)
    {
        GenerationMoment[] kept = new GenerationMoment[drafts.Count];
        for (int i = 0; i < kept.Length; i++)
        {
            TrackDraft one = drafts[i];
            kept[i] = new GenerationMoment(one.GcNumber, one.Kind, one.TimeMs, one.Figures, Resolved(one.Extents));
        }

        return new GenerationTrack(drafts[0].Figures.Generation, kept);
    }

    // Sites are numbered now, so that listing the extents later changes nothing.
    private TrackExtents Resolved(PackedExtents packed)
    {
        Dictionary<int, int> sites = new() { [AllocationSources.Unknown] = AllocationSources.Unknown };
        if (packed.HasSites)
            Number(packed, sites);
        return new TrackExtents(packed, sites);
    }

    private void Number(PackedExtents packed, Dictionary<int, int> sites)
    {
        foreach (TrackExtent extent in packed.All())
        {
            if (!sites.ContainsKey(extent.Site))
                sites[extent.Site] = NumberOf(ObjectSource.Unpack(extent.Site));
        }
    }

    private ObjectLifetime[] Lifetimes(Dictionary<int, SourceLifetimes> lifetimes)
    {
        Dictionary<int, SourceLifetimes> bySite = [];
        foreach ((int source, SourceLifetimes one) in lifetimes)
        {
            if (one.Samples == 0)
                continue;

            int site = NumberOf(new ObjectSource(source, IsLarge: false));
            if (!bySite.TryGetValue(site, out SourceLifetimes? sum))
                bySite[site] = sum = new SourceLifetimes();
            sum.Add(one);
        }

        ObjectLifetime[] all = new ObjectLifetime[bySite.Count];
        int count = 0;
        foreach ((int site, SourceLifetimes sum) in bySite)
            all[count++] = Lifetime(site, sum);
        Array.Sort(all, static (one, other) =>
            one.Bytes == other.Bytes ? one.Site.CompareTo(other.Site) : other.Bytes.CompareTo(one.Bytes));
        return all;
    }

    private static ObjectLifetime Lifetime(int site, SourceLifetimes sum)
    {
        double scale = sum.FollowedBytes <= 0 ? 0 : 1 / sum.FollowedBytes;
        double[] died = new double[sum.DiedBytes.Length];
        for (int i = 0; i < died.Length; i++)
            died[i] = sum.DiedBytes[i] * scale;
        return new ObjectLifetime(
            site, sum.Samples, sum.BornBytes, SampleError.Of(sum.Samples), sum.BornObjects,
            died, sum.LiveBytes * scale,
            sum.UnjudgedBytes * scale, sum.UnknownBytes * scale,
            sum.MedianMs(), sum.MedianGcs());
    }

    private int NumberOf(ObjectSource source)
    {
        AllocationSources table = source.IsLarge ? largeSources : samples.Sources;
        int number = table.SiteOf(source.Number);
        if (number < 0)
            return AllocationSources.Unknown;

        AllocationSite site = table.Sites[number];
        if (!_numbers.TryGetValue(site, out int known))
        {
            _numbers[site] = known = _sites.Count;
            _sites.Add(site);
        }

        return known;
    }
}
