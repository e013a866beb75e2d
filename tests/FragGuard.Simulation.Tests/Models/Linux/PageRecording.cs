using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>Page events of the running kernel under load, with the free blocks it showed on the way.</summary>
internal sealed class PageRecording
{
    public const int Checkpoints = 12;

    private const string Compaction = "compaction/mm_compaction_isolate_freepages";
    private const string FlagsRead = "flags read";
    private const string Before = "before ";
    private const string After = "after ";

    private readonly List<PageEvent> _events = [];
    private readonly IReadOnlyList<BuddyInfo>[] _shown = new IReadOnlyList<BuddyInfo>[Checkpoints];
    private readonly IReadOnlyList<ZoneInfo> _zones = KernelFiles.Zones();
    private IReadOnlyList<(long FirstPage, long EndPage)> _free = [];

    private PageRecording()
    {
    }

    /// <summary>Why the recording should be made again; null when it need not.</summary>
    public string? Flaw { get; private set; }

    public bool HasLostEvents { get; private set; }

    public int Events => _events.Count;

    public static PageRecording Make(int kilobytesPerCpu)
    {
        PageRecording recording = new();
        using (TraceInstance trace = new(kilobytesPerCpu))
        {
            recording.Record(trace);
            long lost = trace.LostEvents();
            recording.HasLostEvents = lost > 0;
            recording.Flaw = lost > 0 ? $"{lost} events were lost" : null;
            foreach (string line in trace.Lines())
            {
                if (PageEventText.TryParse(line, out PageEvent pageEvent))
                    recording._events.Add(pageEvent);
            }
        }

        if (!ManagedPages(recording._zones).SequenceEqual(ManagedPages(KernelFiles.Zones())))
            recording.Flaw ??= "memory was added or taken away meanwhile";
        return recording;
    }

    /// <summary>Plays the recording and compares at every checkpoint.</summary>
    /// <param name="contradictedPages">Pages of events that contradicted the model after its start was known.</param>
    public IReadOnlyList<BuddyDeviation> Replay(out long contradictedPages)
    {
        PageEventReplay replay = new(
            Ranges(), hugePageOrder: KernelFiles.HasHugePages ? 9 : -1);
        foreach ((long first, long end) in _free)
            replay.AddFree(first, end);
        List<BuddyDeviation> deviations = [];
        BuddyDeviation? current = null;
        long atStart = 0;
        foreach (PageEvent next in _events)
        {
            replay.Play(next);
            if (string.Equals(next.Mark, FlagsRead, StringComparison.Ordinal))
                atStart = replay.ContradictedPages;
            if (next.Mark is not null && next.Mark.StartsWith(Before, StringComparison.Ordinal))
                deviations.Add(current = new BuddyDeviation(_shown[deviations.Count]));
            current?.Compare(replay.Zones);
            if (next.Mark is not null && next.Mark.StartsWith(After, StringComparison.Ordinal))
                current = null;
        }

        contradictedPages = replay.ContradictedPages - atStart;
        return deviations;
    }

    private static IEnumerable<long> ManagedPages(IEnumerable<ZoneInfo> zones) =>
        zones.Select(zone => zone.ManagedPages);

    private IEnumerable<(long FirstPage, long EndPage)> Ranges()
    {
        foreach (ZoneInfo zone in _zones)
            yield return (zone.FirstPage, zone.EndPage);
    }

    private void Record(TraceInstance trace)
    {
        trace.Enable("kmem/mm_page_alloc_zone_locked");
        trace.Enable("kmem/mm_page_alloc_extfrag");
        trace.Enable("kmem/mm_page_pcpu_drain");
        trace.Enable("kmem/mm_page_free", "order > 3");
        if (TraceInstance.Has(Compaction))
            trace.Enable(Compaction);
        trace.Start();
        _free = FreePageMap.Read(_zones);
        trace.Mark(FlagsRead);
        using PageLoad load = new();
        for (int checkpoint = 0; checkpoint < Checkpoints; checkpoint++)
        {
            load.Step();
            trace.Mark(Before + checkpoint);
            _shown[checkpoint] = KernelFiles.Buddies();
            trace.Mark(After + checkpoint);
        }

        trace.Stop();
    }
}
