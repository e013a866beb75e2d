using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>How one memcached was started, and what its version settles.</summary>
internal sealed class MemcachedRules
{
    /// <summary>Bytes of a page; memcached has no option for it.</summary>
    public const int PageBytes = 1 << 20;

    /// <summary>Bytes of an item besides key, value, client flags and CAS id.</summary>
    public const int HeaderBytes = 48;

    /// <summary>Bytes of the header of each chunk of a large item.</summary>
    public const int PartHeaderBytes = 48;

    private const string Auto = "auto";

    private static readonly Version Oldest = new(1, 6, 0);
    private static readonly Version CountsEvictionShares = new(1, 6, 7);
    private static readonly Version FallsBackToLargestChunk = new(1, 6, 17);

    private readonly int _headBytes;

    private MemcachedRules(ModelSettings settings)
    {
        LimitBytes = settings.ByteCount("memory", min: 2048, max: 60L << 30);
        Factor = FactorOf(settings.Text("factor"));
        SmallestItemBytes = (int)settings.Whole("chunk_min", min: 1, max: PageBytes);
        ItemMaxBytes = settings.ByteCount("item_max", min: 1024, max: 1 << 30);
        bool isModern = settings.Flag("modern");
        ChunkMaxBytes = IsAuto(settings, "slab_chunk_max")
            ? isModern || ItemMaxBytes > PageBytes ? PageBytes / 2 : PageBytes
            : (int)settings.ByteCount("slab_chunk_max", min: 1024, max: PageBytes);
        IsSegmented = settings.Text("lru") switch
        {
            Auto => isModern,
            "segmented" => true,
            "flat" => false,
            string other => throw new ModelSettingException($"lru={other} is not auto, segmented or flat."),
        };
        Automove = IsAuto(settings, "automove") ? (isModern ? 1 : 0) : (int)settings.Whole("automove", max: 2);
        AutomoveWindow = (int)settings.Whole("automove_window", min: 3, max: 600);
        HasWholePages = isModern || Automove > 0 || ChunkMaxBytes != PageBytes;
        HasFlags = settings.Flag("flags");
        HasCas = settings.Flag("cas");
        _headBytes = HeaderBytes + 1 + (HasFlags ? sizeof(uint) : 0) + (HasCas ? sizeof(ulong) : 0);
        Evicts = settings.Flag("evict");
        string version = settings.Text("version");
        if (!Version.TryParse(version, out Version? parsed) || parsed < Oldest)
            throw new ModelSettingException($"version={version} is not a version from {Oldest}, such as 1.6.18.");
        HasChunkFallback = parsed >= FallsBackToLargestChunk;
        HasEvictionShares = parsed >= CountsEvictionShares;
        if (ItemMaxBytes > LimitBytes / 2)
            throw new ModelSettingException("item_max is more than half of memory; memcached would not start.");
        if (ChunkMaxBytes > ItemMaxBytes || ItemMaxBytes % ChunkMaxBytes != 0 || PageBytes % ChunkMaxBytes != 0)
            throw new ModelSettingException("slab_chunk_max divides neither item_max nor 1m; memcached would not start.");
    }

    public static IReadOnlyList<ModelSetting> Settings { get; } =
    [
        new("memory", "64m", "limit for pages in bytes (-m); the first page of each class may exceed it"),
        new("factor", "1.25", "growth from one chunk size to the next (-f)"),
        new("chunk_min", "48", "bytes of key, value and flags in the smallest chunk (-n)"),
        new("item_max", "1m", "largest item in bytes (-I)"),
        new("slab_chunk_max", Auto, "largest chunk in bytes; auto is 512k, with modern=false 1m"),
        new("modern", "true", "false for -o no_modern: flat LRU, no page mover, chunks of up to 1m"),
        new("lru", Auto, "segmented, flat, or auto for what modern says"),
        new("automove", Auto, "page mover: 0 off, 1 on, 2 at each eviction; auto for what modern says"),
        new("automove_window", "30", "seconds over which the page mover looks back"),
        new("flags", "false", "whether items carry client flags other than 0, 4 bytes each"),
        new("cas", "true", "false for -C: no CAS id, 8 bytes less an item"),
        new("evict", "true", "false for -M: a store that finds no memory is refused"),
        new("version", "1.6.18", "version of memcached, from 1.6.0"),
    ];

    public long LimitBytes { get; }

    public double Factor { get; }

    public int SmallestItemBytes { get; }

    public long ItemMaxBytes { get; }

    public int ChunkMaxBytes { get; }

    /// <summary>Whether items flow through hot, warm and cold queues that a maintainer keeps; otherwise one queue.</summary>
    public bool IsSegmented { get; }

    public int Automove { get; }

    public int AutomoveWindow { get; }

    /// <summary>Whether a page always has its full length; otherwise it ends with its last chunk.</summary>
    public bool HasWholePages { get; }

    public bool HasFlags { get; }

    public bool HasCas { get; }

    public bool Evicts { get; }

    /// <summary>Whether the last chunk of a large item may be one of the largest size when its own class has no memory.</summary>
    public bool HasChunkFallback { get; }

    /// <summary>Whether a class with a quarter of all evictions may receive a page.</summary>
    public bool HasEvictionShares { get; }

    /// <exception cref="ModelSettingException">memcached would not start with these settings.</exception>
    public static MemcachedRules Of(ModelSettings settings) => new(settings);

    /// <summary>Bytes of an item without its value.</summary>
    public int HeadBytes(int keyBytes) => _headBytes + keyBytes;

    private static bool IsAuto(ModelSettings settings, string key) =>
        string.Equals(settings.Text(key), Auto, StringComparison.Ordinal);

    private static double FactorOf(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor)
        && factor is > 1 and <= PageBytes
            ? factor
            : throw new ModelSettingException($"factor={text} is not a number above 1, such as 1.25.");
}
