using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>What makes an object a large one.</summary>
internal static class LargeObjects
{
    /// <summary>Bytes of an array that are not its elements, on 64-bit systems: sync block, type and length.</summary>
    public const long ArrayHeaderBytes = 24;

    private const string ThresholdKey = "fragguard.loh_threshold";
    private const int DefaultThreshold = 85_000; // bytes

    /// <summary>Bytes from which an object lies on the large object heap.</summary>
    public static long ThresholdBytes(AnalyzerConfigOptions options) =>
        OptionValues.Count(options, ThresholdKey) ?? DefaultThreshold;
}
