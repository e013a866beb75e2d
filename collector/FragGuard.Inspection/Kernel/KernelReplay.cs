using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>A recording played over the free pages at its start, held against buddyinfo at its checkpoints.</summary>
/// <param name="Events">Recorded events by the kernel's name.</param>
/// <param name="Played">Events that said something of the free lists.</param>
/// <param name="ContradictedPages">Pages of events that contradict what was known, once the free pages had been read.</param>
/// <param name="Checkpoints">The checkpoints whose two marks were recorded, in order.</param>
public sealed record KernelReplay(
    IReadOnlyDictionary<string, long> Events, long Played, long ContradictedPages, IReadOnlyList<ReplayCheckpoint> Checkpoints)
{
    /// <summary>Most pages of zones that are replayed; each takes 9 bytes of memory.</summary>
    public const long MostPages = 1L << 26;

    /// <summary>Null when the zones are larger, or have more orders, than can be replayed.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static KernelReplay? Of(KernelRecording recording)
    {
        KernelRecordingHeader header = recording.Header;
        if (header.Zones.Sum(zone => zone.EndPage - zone.FirstPage) > MostPages
            || header.Shown.Any(shown => shown.Any(zone => zone.FreeBlocks.Count > BuddyZone.Orders)))
        {
            return null;
        }

        PageEventReplay replay = new(
            header.Zones.Select(zone => (zone.FirstPage, zone.EndPage)), header.PageBlockOrder, header.HugePageOrder);
        foreach ((long first, long end) in header.Free)
            replay.AddFree(first, end);
        Dictionary<string, long> events = new(StringComparer.Ordinal);
        List<ReplayCheckpoint> checkpoints = [];
        ReplayCheckpoint? current = null;
        long contradictedBefore = 0;
        foreach (PageEvent next in recording.Events())
        {
            replay.Play(next);
            if (next.Kind is not (PageEventKind.Mark or PageEventKind.Lost))
                events[PageEventText.NameOf(next.Kind)] = events.GetValueOrDefault(PageEventText.NameOf(next.Kind)) + 1;
            if (next.Mark is RecordingMarks.FlagsRead)
                contradictedBefore = replay.ContradictedPages;
            if (IsMark(next, RecordingMarks.Before, header, out int at))
                current = new ReplayCheckpoint(header.Zones, header.Shown[at]);
            current?.Compare(replay.Zones);
            if (current is not null && IsMark(next, RecordingMarks.After, header, out _))
            {
                if (checkpoints.Count < header.Shown.Count)
                    checkpoints.Add(current);
                current = null;
            }
        }

        return new KernelReplay(events, replay.Played, replay.ContradictedPages - contradictedBefore, checkpoints);
    }

    private static bool IsMark(in PageEvent next, string mark, KernelRecordingHeader header, out int checkpoint)
    {
        checkpoint = -1;
        return next.Mark is { } text && text.StartsWith(mark, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out checkpoint) && checkpoint >= 0 && checkpoint < header.Shown.Count;
    }
}
