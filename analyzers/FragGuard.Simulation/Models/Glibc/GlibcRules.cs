using System;
using System.Globalization;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>What differs between the versions of glibc that are modelled, on 64-bit Linux. Source: malloc.c and arena.c of each.</summary>
internal sealed class GlibcRules
{
    private const int FirstMinor = 27;
    private const int LastMinor = 41;

    private readonly int _minor;

    private GlibcRules(int minor) => _minor = minor;

    public static string Range => $"2.{FirstMinor} to 2.36 and 2.39 to 2.{LastMinor}";

    /// <summary>Bytes a thread asks for to keep its cache in: 64 counts, of one byte before 2.30, and 64 heads.</summary>
    public int CacheBytes => _minor < 30 ? 576 : 640;

    /// <summary>Most chunks one bin of a thread's cache may be allowed.</summary>
    public int MaxCacheCount => _minor < 30 ? sbyte.MaxValue : ushort.MaxValue;

    /// <summary>Bytes of the record at the start of each heap of an arena that is not the main one.</summary>
    public int HeapRecordBytes => _minor < 35 ? 32 : 48;

    /// <summary>Whether a larger mmap threshold than half a heap is taken.</summary>
    public bool TakesAnyMmapThreshold => _minor >= 35;

    /// <summary>Whether a resize that fits the usable bytes with less than 16 to spare leaves the chunk alone.</summary>
    public bool ResizeFillsUsableBytes => _minor >= 39;

    /// <summary>
    /// Whether an aligned request looks into the thread's cache first, and gives what it cuts off straight back to the bins.
    /// </summary>
    public bool AlignedLooksIntoCache => _minor >= 39;

    /// <summary>Whether zeroed requests are served from the thread's cache.</summary>
    public bool ZeroedLooksIntoCache => _minor >= 41;

    /// <summary>Whether a freed small chunk goes to its small bin rather than to the unsorted one.</summary>
    public bool SmallChunksAreBinned => _minor >= 41;

    /// <param name="version">The text of a version, such as "2.36".</param>
    /// <exception cref="ModelSettingException">That version is not modelled; the message says why.</exception>
    public static GlibcRules Of(string version)
    {
        string[] parts = version.Split('.');
        if (parts.Length != 2 || !string.Equals(parts[0], "2", StringComparison.Ordinal)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor))
        {
            throw new ModelSettingException($"version={version} is no version of glibc, such as 2.36.");
        }

        return minor switch
        {
            < FirstMinor => throw NotModelled(version, "its thread caches or fastbins work otherwise"),
            37 or 38 => throw NotModelled(version, "its point releases resize or align in different ways"),
            > LastMinor => throw NotModelled(version, "its thread caches work otherwise"),
            _ => new GlibcRules(minor),
        };
    }

    private static ModelSettingException NotModelled(string version, string reason) =>
        new($"version={version} is not modelled: {reason}. Modelled are {Range}.");
}
