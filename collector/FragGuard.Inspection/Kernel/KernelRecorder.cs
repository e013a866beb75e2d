using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using FragGuard.Inspection.Procfs;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// Records what the kernel's page allocator does, in a trace buffer of its own that is removed afterwards: the pages that
/// are free at the start, every event that moves pages to or from the free lists, and buddyinfo at checkpoints.
/// </summary>
public sealed class KernelRecorder(KernelRecorderOptions options)
{
    private const int MostCheckpoints = 12;
    private const int MostSites = 40;
    private const int CommonPageBlockOrder = 9;
    private const long LeastKilobytes = 64;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastBetweenCheckpoints = TimeSpan.FromMilliseconds(400);

    private static readonly (string Event, string? Filter)[] PageEvents =
    [
        ("kmem/mm_page_alloc_zone_locked", null),
        ("kmem/mm_page_alloc_extfrag", null),
        ("kmem/mm_page_pcpu_drain", null),
        ("kmem/mm_page_free", null),
        ("kmem/mm_page_alloc", null),
        ("compaction/mm_compaction_isolate_freepages", null),
    ];

    private static readonly string[] KmallocEvents = ["kmem/kmalloc", "kmem/kmalloc_node", "kmem/kfree"];

    private readonly List<IReadOnlyList<BuddyInfo>> _shown = [];

    /// <summary>Records, and writes the recording when it is over.</summary>
    /// <param name="create">Makes the file that takes the recording.</param>
    /// <param name="started">Called once events are recorded.</param>
    /// <param name="stop">Ends the recording; what was recorded until then is written.</param>
    /// <param name="abort">Ends the writing too; the file is cut then.</param>
    /// <exception cref="InspectionException">The kernel refuses it, or its trace buffer could not be removed.</exception>
    /// <exception cref="OperationCanceledException">It was aborted.</exception>
    public KernelRecordingHeader Record(Func<Stream> create, Action started, CancellationToken stop, CancellationToken abort = default)
    {
        string root = TraceFiles.Root();
        IReadOnlyList<ZoneInfo> zones = Zones();
        using TraceInstance pages = new(root, options.KilobytesPerCpu);
        using TraceInstance? kmalloc = options.WithKmalloc ? new(root, Math.Max(options.KilobytesPerCpu / KernelRecorderOptions.KmallocShare, LeastKilobytes)) : null;
        foreach ((string name, string? filter) in PageEvents.Where(one => TraceFiles.Has(root, one.Event)))
            pages.Enable(name, filter);
        foreach (string name in KmallocEvents.Where(one => TraceFiles.Has(root, one)))
            kmalloc?.Enable(name);
        pages.Start();
        IReadOnlyList<(long, long)> free = FreePageMap.Read(zones);
        pages.Mark(RecordingMarks.FlagsRead);
        kmalloc?.Start();
        started();
        (TimeSpan duration, bool isFull) = Wait(pages, stop);
        pages.Stop();
        kmalloc?.Stop();
        KernelRecordingHeader header = new()
        {
            PageBytes = Environment.SystemPageSize,
            PageBlockOrder = PageBlockOrder(),
            HugePageOrder = HugePageOrder(),
            Zones = [.. zones.Select(zone => new RecordedZoneRange(zone.Node, zone.Zone, zone.FirstPage, zone.EndPage))],
            Free = free,
            Shown = _shown,
            Duration = duration,
            LostEvents = pages.LostEvents(),
            IsFull = isFull,
            Release = LiveKernel.Release(),
            Kmalloc = kmalloc is null ? null : Mix(kmalloc),
        };
        using (Stream file = create())
            KernelRecordingFile.Write(file, header, pages.Lines(), abort);
        return header;
    }

    /// <summary>Waits until the end and reads buddyinfo between two marks now and then.</summary>
    private (TimeSpan Duration, bool IsFull) Wait(TraceInstance pages, CancellationToken stop)
    {
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan step = options.Duration is { } all && all / MostCheckpoints > LeastBetweenCheckpoints ? all / MostCheckpoints : LeastBetweenCheckpoints;
        TimeSpan next = TimeSpan.Zero;
        bool isFull = false;
        while (!isFull && !stop.IsCancellationRequested && (options.Duration is not { } most || clock.Elapsed < most))
        {
            if (clock.Elapsed >= next)
            {
                Show(pages);
                next = clock.Elapsed + step;

                // An endless recording looks ever less often, so that checkpoints stay few.
                if (options.Duration is null)
                    step = clock.Elapsed / 2 > step ? clock.Elapsed / 2 : step;
            }

            TimeSpan left = options.Duration is { } end && end - clock.Elapsed < Poll ? end - clock.Elapsed : Poll;
            if (left > TimeSpan.Zero)
                stop.WaitHandle.WaitOne(left);
            isFull = pages.LostEvents() > 0;
        }

        if (!isFull)
            Show(pages);
        return (clock.Elapsed, isFull);
    }

    private void Show(TraceInstance pages)
    {
        string number = FormattableString.Invariant($"{_shown.Count}");
        pages.Mark(RecordingMarks.Before + number);
        string text = ProcFile.TryReadText("/proc/buddyinfo") ?? "";
        pages.Mark(RecordingMarks.After + number);
        _shown.Add(BuddyInfo.Read(text.Split('\n')));
    }

    private static ZoneInfo[] Zones()
    {
        string text = ProcFile.TryReadText("/proc/zoneinfo")
            ?? throw new InspectionException(InspectionFailure.NoPermission, "Recording needs /proc/zoneinfo, which may not be read.");
        try
        {
            return [.. ZoneInfo.Read(text.Split('\n')).Where(zone => zone.ManagedPages > 0).OrderBy(zone => zone.FirstPage)];
        }
        catch (FormatException exception)
        {
            throw new InspectionException(InspectionFailure.Invalid, $"/proc/zoneinfo: {exception.Message}", exception);
        }
    }

    /// <summary>As pagetypeinfo says in one of its first lines.</summary>
    private static int PageBlockOrder()
    {
        string line = (ProcFile.TryReadText("/proc/pagetypeinfo") ?? "").Split('\n')
            .FirstOrDefault(line => line.StartsWith(PageTypeInfoText.OrderKey, StringComparison.Ordinal)) ?? PageTypeInfoText.OrderKey;
        return KernelNumber.TryParse(line.AsSpan(PageTypeInfoText.OrderKey.Length).Trim(), out long order) && order is > 0 and <= BuddyZone.MaxOrder
            ? (int)order
            : CommonPageBlockOrder;
    }

    private static int HugePageOrder()
    {
        string? bytes = ProcFile.TryReadText("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size");
        return bytes is not null && KernelNumber.TryParse(bytes.AsSpan().Trim(), out long huge) && huge > 0
            ? (int)Math.Log2((double)huge / Environment.SystemPageSize)
            : -1;
    }

    private static RecordedKmalloc Mix(TraceInstance kmalloc)
    {
        KmallocMix mix = new();
        foreach (string line in kmalloc.Lines())
            mix.Add(line);
        return new RecordedKmalloc(
            kmalloc.LostEvents(),
            [.. mix.Sizes.Select(size => Row(FormattableString.Invariant($"{size.GrantedBytes}"), size.Sum))],
            [.. mix.Sites.Take(MostSites).Select(site => Row(site.CallSite, site.Sum))]);
    }

    private static RecordedKmallocRow Row(string key, KmallocSum sum) =>
        new(key, sum.Requests, sum.RequestedBytes, sum.GrantedBytes, sum.Live);
}
