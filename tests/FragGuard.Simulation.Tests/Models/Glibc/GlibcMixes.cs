using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>The mixes by name, and which of them the ten long streams are drawn from.</summary>
internal static class GlibcMixes
{
    public static IReadOnlyDictionary<string, GlibcMix> ByName { get; } = new Dictionary<string, GlibcMix>(StringComparer.Ordinal)
    {
        ["small blocks"] = GlibcMix.Small,
        ["large blocks"] = GlibcMix.Large,
        ["mapped blocks"] = GlibcMix.Mapped,
        ["resized blocks"] = GlibcMix.Resized,
        ["aligned blocks"] = GlibcMix.Aligned,
        ["tiny blocks"] = GlibcMix.Tiny,
        ["few blocks"] = GlibcMix.Few,
    };

    public static IReadOnlyList<(string Key, ulong Seed)> Streams { get; } =
    [
        ("small blocks", 1), ("large blocks", 2), ("mapped blocks", 3), ("resized blocks", 4), ("aligned blocks", 5),
        ("tiny blocks", 6), ("few blocks", 7), ("small blocks", 8), ("large blocks", 9), ("resized blocks", 10),
    ];
}
