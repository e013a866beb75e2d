using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>The settings of a zone, named as the kernel's where it has them.</summary>
internal sealed class BuddySettings
{
    private static readonly ModelSetting Memory =
        new("memory", "1g", "memory of the zone in bytes, a multiple of the page; 1m to 256g");

    private static readonly ModelSetting PageSize =
        new("page", "4k", "page size in bytes: 4k, 8k, 16k, 32k or 64k");

    private static readonly ModelSetting Kernel =
        new("kernel", "6.19", "kernel version; up to 6.14 a request may break up the largest foreign block");

    private static readonly ModelSetting MinFree =
        new("min_free_kbytes", "0", "kilobytes kept for special requests; 0 for the kernel's own choice");

    private static readonly ModelSetting HugePages =
        new("thp", "true", "whether transparent huge pages raise the kernel's own min_free_kbytes");

    private static readonly ModelSetting Scale =
        new("watermark_scale_factor", "10", "distance of the watermarks in 1/10000 of the zone; 1 to 3000");

    private static readonly ModelSetting BoostFactor =
        new("watermark_boost_factor", "15000", "most that mixing raises the watermarks, in 1/10000 of high; 0 for none");

    private static readonly ModelSetting PageBlock =
        new("pageblock_order", "9", "order of the page blocks that have one migrate type; 1 to 10");

    private static readonly ModelSetting Threshold =
        new("extfrag_threshold", "500", "extfrag_index up to which large requests do not compact; 0 to 1000");

    private static readonly ModelSetting CompactionFlag =
        new("compaction", "true", "whether a request that finds no block compacts the zone");

    private static readonly ModelSetting DefragMode =
        new("defrag_mode", "false", "whether requests compact before they mix migrate types (6.15 and later)");

    private static readonly ModelSetting PerCpuHighSetting =
        new("pcp_high", "0", "pages the one per-CPU list holds before it drains; 0 for no per-CPU list");

    private static readonly ModelSetting PerCpuBatchSetting =
        new("pcp_batch", "63", "pages the per-CPU list takes or gives back at once; 1 to 512");

    public BuddySettings(ModelSettings settings)
    {
        PageBytes = settings.ByteCount(PageSize.Key, min: 4096, max: 65536);
        if ((PageBytes & (PageBytes - 1)) != 0)
            throw new ModelSettingException($"page={settings.Text(PageSize.Key)} is not a power of two.");
        MemoryBytes = settings.ByteCount(Memory.Key, min: 1L << 20, max: 256L << 30);
        if (MemoryBytes % PageBytes != 0)
            throw new ModelSettingException($"memory={settings.Text(Memory.Key)} is no whole number of pages.");
        if (!KernelVersion.TryParse(settings.Text(Kernel.Key), out KernelVersion version))
            throw new ModelSettingException($"kernel={settings.Text(Kernel.Key)} is not a version such as 6.18.");
        Version = version;
        PageBlockOrder = (int)settings.Whole(PageBlock.Key, min: 1, max: BuddyZone.MaxOrder);
        long minFree = settings.Whole(MinFree.Key, max: long.MaxValue >> 40);
        if (minFree == 0)
        {
            minFree = ZoneWatermarks.DefaultMinFreeKilobytes(
                Pages, PageBytes, zones: 1, 1L << PageBlockOrder, settings.Flag(HugePages.Key));
        }

        Watermarks = ZoneWatermarks.Of(
            Pages, Pages, minFree / (PageBytes / 1024), settings.Whole(Scale.Key, min: 1, max: 3000));
        WatermarkBoostFactor = settings.Whole(BoostFactor.Key, max: int.MaxValue);
        ExtfragThreshold = (int)settings.Whole(Threshold.Key, max: 1000);
        Compacts = settings.Flag(CompactionFlag.Key);
        CompactsBeforeItMixes = settings.Flag(DefragMode.Key);
        PerCpuHigh = (int)settings.Whole(PerCpuHighSetting.Key, max: 1 << 20);
        PerCpuBatch = (int)settings.Whole(PerCpuBatchSetting.Key, min: 1, max: 512);
    }

    public static IReadOnlyList<ModelSetting> All { get; } =
    [
        Memory, PageSize, Kernel, MinFree, HugePages, Scale, BoostFactor, PageBlock, Threshold, CompactionFlag,
        DefragMode, PerCpuHighSetting, PerCpuBatchSetting,
    ];

    public long MemoryBytes { get; }

    public long PageBytes { get; }

    public long Pages => MemoryBytes / PageBytes;

    public KernelVersion Version { get; }

    public int PageBlockOrder { get; }

    public ZoneWatermarks Watermarks { get; }

    public long WatermarkBoostFactor { get; }

    public int ExtfragThreshold { get; }

    public bool Compacts { get; }

    public bool CompactsBeforeItMixes { get; }

    /// <summary>Pages on the per-CPU list before it drains; 0 for no list.</summary>
    public int PerCpuHigh { get; }

    public int PerCpuBatch { get; }
}
