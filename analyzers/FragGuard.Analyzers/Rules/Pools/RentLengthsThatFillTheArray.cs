using System.Globalization;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2009: a length is rented that the shared pool rounds up onto the large object heap, or by a large part.</summary>
internal sealed class RentLengthsThatFillTheArray : IOwnershipRule<ArrayPools>
{
    private const string LargeObjectKey = "fragguard.loh_threshold";
    private const string WasteKey = "fragguard.FG2009.waste_threshold";
    private const string LeastBytesKey = "fragguard.FG2009.min_wasted_bytes";

    private const int HeaderBytes = 24; // Of an array, on 64-bit systems.

    private const int SmallestRoundedDown = 32; // elements; a pool has nothing below 16

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2009",
        title: "Rent lengths that fill the array",
        message: "'{0}' rounds {1:N0} elements up to {2:N0}: {3}",
        category: Category.Pools,
        severity: DiagnosticSeverity.Info,
        description: "The shared pool hands out powers of two. A length just above one gets an array of nearly twice the "
            + "size, and one from 65,537 to 84,975 bytes gets 131,072, which are on the large object heap.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        Thresholds thresholds = Thresholds.Read(member.Options);
        foreach (OwnershipFate fate in member.Facts.Fates)
        {
            if (RentCall.Of(fate.Site, member) is not { Pool.IsShared: true, Elements: { } asked, HandedOut: { } length } rent)
                continue;
            if (length < SmallestRoundedDown || rent.ElementBytes is not { } elementBytes)
                continue;

            string? harm = HarmOnHeap(asked * elementBytes, length * elementBytes, length / 2, thresholds);
            if (harm is null && !WholeArrayUses.MayReachAll(member.Facts, fate))
                harm = HarmByWaste(asked * elementBytes, length * elementBytes, length / 2, thresholds);
            if (harm is not null)
                member.Report(Diagnostic.Create(Rule, rent.Call.Syntax.GetLocation(), rent.PoolName, asked, length, harm));
        }
    }

    private static string? HarmOnHeap(long askedBytes, long grantedBytes, int smaller, Thresholds thresholds) =>
        askedBytes + HeaderBytes >= thresholds.LargeObjectBytes || grantedBytes + HeaderBytes < thresholds.LargeObjectBytes
            ? null
            : string.Format(
                CultureInfo.InvariantCulture,
                "{0:N0} bytes on the large object heap, where the {1:N0} bytes asked for would not be; rent {2:N0} where that is enough",
                grantedBytes,
                askedBytes,
                smaller);

    private static string? HarmByWaste(long askedBytes, long grantedBytes, int smaller, Thresholds thresholds)
    {
        long wasted = grantedBytes - askedBytes;
        return wasted < thresholds.LeastWastedBytes || wasted < thresholds.Waste * grantedBytes
            ? null
            : string.Format(
                CultureInfo.InvariantCulture,
                "{0:N0} of {1:N0} bytes are never used; rent {2:N0} where that is enough, or use the whole array",
                wasted,
                grantedBytes,
                smaller);
    }

    /// <summary>From when on rounding up is worth a word.</summary>
    /// <param name="LargeObjectBytes">Bytes of a large object, its header counted.</param>
    /// <param name="Waste">Share of the array that was not asked for, 0..1.</param>
    /// <param name="LeastWastedBytes">Bytes that were not asked for.</param>
    private readonly record struct Thresholds(int LargeObjectBytes, double Waste, int LeastWastedBytes)
    {
        public static Thresholds Read(AnalyzerConfigOptions options) => new(
            OptionValues.Count(options, LargeObjectKey) is { } bytes and > 0 ? bytes : 85_000,
            OptionValues.Number(options, WasteKey) is { } share and > 0 and <= 1 ? share : 0.4,
            OptionValues.Count(options, LeastBytesKey) ?? 2_048);
    }
}
