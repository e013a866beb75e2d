using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.Inputs;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Reports;

/// <summary>Makes the rows of a recording.</summary>
internal static class KernelRecordingRows
{
    private const int MostSizes = 64;

    /// <exception cref="CommandLine.FragTraceException">The file is damaged.</exception>
    public static KernelRecordingRow Of(string path, KernelRecording recording)
    {
        KernelRecordingHeader header = recording.Header;
        KernelReplay? replay = KernelRecordingInput.Read(path, () => KernelReplay.Of(recording));
        return new KernelRecordingRow(
            path, header.Duration.TotalMilliseconds,
            replay is null ? [] : [.. replay.Events.OrderByDescending(one => one.Value).Select(one => new KernelFigureRow(one.Key, one.Value))],
            header.LostEvents, header.IsFull,
            replay is not { Checkpoints: [.., var last] }
                ? null
                : new KernelReplayRow(
                    replay.Checkpoints.Count, last.FreePages, last.DifferentPages,
                    replay.Checkpoints.Max(one => one.FreePages == 0 ? 0 : (double)one.DifferentPages / one.FreePages), replay.ContradictedPages),
            header.Kmalloc is null ? null : Sizes(header.Kmalloc));
    }

    private static KernelSizesRow Sizes(RecordedKmalloc kmalloc) => new(
        kmalloc.Sizes.Sum(size => size.Requests), kmalloc.LostEvents,
        [.. kmalloc.Sizes.Take(MostSizes).Select(row => new KernelSizeClassRow(
            long.TryParse(row.Key, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : 0,
            row.Requests, row.RequestedBytes, row.GrantedBytes, row.Live))],
        [.. kmalloc.Sites.Select(row => new KernelCallSiteRow(row.Key, row.Requests, row.RequestedBytes, row.GrantedBytes, row.Live))]);
}
