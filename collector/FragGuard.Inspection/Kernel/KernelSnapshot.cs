using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>What the kernel's files said of its memory, each read at its own instant.</summary>
public sealed record KernelSnapshot
{
    /// <summary>The zones with pages, in the kernel's order; empty when buddyinfo is not known.</summary>
    public IReadOnlyList<KernelZone> Zones { get; init; } = [];

    public PageTypeInfo? PageTypes { get; init; }

    /// <summary>Most pages first; null when slabinfo is not known.</summary>
    public IReadOnlyList<SlabCache>? Slabs { get; init; }

    /// <summary>/proc/meminfo: kilobytes by name, a few plain counts among them; null when it is not known.</summary>
    public IReadOnlyDictionary<string, long>? Memory { get; init; }

    /// <summary>/proc/vmstat: counters since boot, by name; null when it is not known.</summary>
    public IReadOnlyDictionary<string, long>? Counters { get; init; }

    public HugePageState HugePages { get; init; } = new(null, null);

    public KernelSettings Settings { get; init; } = KernelSettings.Unknown;

    /// <summary>Null when no debugfs index was there to compare.</summary>
    public IndexCheck? Check { get; init; }

    public long PageBytes { get; init; }

    /// <summary>Whether the page size is the machine's own or follows from its texts; assumed otherwise.</summary>
    public bool IsPageSizeKnown { get; init; }

    /// <summary>What was read.</summary>
    public IReadOnlyList<KernelText> Texts { get; init; } = [];

    /// <summary>What was not, and why.</summary>
    public IReadOnlyList<KernelGap> Gaps { get; init; } = [];

    /// <summary>Puts texts together. A damaged one becomes a gap; of two of one kind the later one counts.</summary>
    /// <param name="pageBytes">Page size of their machine; 0 when it has to follow from the texts.</param>
    public static KernelSnapshot From(
        IReadOnlyList<KernelText> texts, IReadOnlyList<KernelGap> gaps, long pageBytes = 0, KernelSettings? settings = null)
    {
        KernelTextReading reading = new(texts, gaps);
        IReadOnlyList<ZoneInfo> infos = reading.Read(KernelTextKind.ZoneInfo, ZoneInfo.Read) ?? [];
        IReadOnlyList<BuddyInfo> buddies = reading.Read(KernelTextKind.BuddyInfo, BuddyInfo.Read) ?? [];
        PageTypeInfo? types = reading.Read(KernelTextKind.PageTypeInfo, PageTypeInfoText.Read);
        IReadOnlyDictionary<string, long>? memory = reading.Read(KernelTextKind.MemoryInfo, NamedNumbers.ReadKilobytes);
        IReadOnlyDictionary<string, long>? counters = reading.Read(KernelTextKind.Counters, NamedNumbers.Read);
        KernelZone[] zones = KernelZones.Join(buddies, infos, types);
        long derived = pageBytes > 0 ? pageBytes : PageSize.From(memory, infos, counters, types);
        long shown = derived > 0 ? derived : PageSize.Common;
        return new KernelSnapshot
        {
            Zones = zones,
            PageTypes = types,
            Slabs = reading.Read(KernelTextKind.SlabInfo, SlabInfo.Read)?.OrderByDescending(cache => cache.Pages)
                .ThenBy(cache => cache.Name, StringComparer.Ordinal).ToArray(),
            Memory = memory,
            Counters = counters,
            HugePages = new HugePageState(
                HugePageState.Chosen(reading.TextOf(KernelTextKind.HugePagesEnabled)),
                HugePageState.Chosen(reading.TextOf(KernelTextKind.HugePagesDefrag))),
            Settings = settings ?? KernelSettings.Unknown,
            Check = reading.Check(zones),
            PageBytes = shown,
            IsPageSizeKnown = derived > 0,
            Texts = texts,
            Gaps = reading.Gaps,
        };
    }

    /// <summary>Kilobytes of a line of /proc/meminfo; null when it is not known.</summary>
    public long? Kilobytes(string name) => Memory is not null && Memory.TryGetValue(name, out long number) ? number : null;

    /// <summary>A counter of /proc/vmstat; null when it is not known.</summary>
    public long? Counter(string name) => Counters is not null && Counters.TryGetValue(name, out long number) ? number : null;
}
