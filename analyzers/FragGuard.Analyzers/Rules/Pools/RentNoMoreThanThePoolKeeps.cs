using System.Globalization;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2008: an array is rented that is longer than the longest one the pool keeps.</summary>
internal sealed class RentNoMoreThanThePoolKeeps : IOwnershipRule<ArrayPools>
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2008",
        title: "Rent no more than the pool keeps",
        message: "'{0}' keeps arrays of at most {1:N0} elements, and {2:N0} are rented: every rent allocates {3}, and "
            + "'Return' drops it; {4}",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A pool allocates what is longer than its longest size anew on every rent, in the exact length, and "
            + "drops it when it is returned: the code looks pooled and is not.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        foreach (OwnershipFate fate in member.Facts.Fates)
        {
            if (RentCall.Of(fate.Site, member) is { Pool: { } pool, Elements: { } asked } rent && asked > pool.MostElements)
                member.Report(Diagnostic.Create(
                    Rule, rent.Call.Syntax.GetLocation(), rent.PoolName, pool.MostElements, asked, Loss(rent, asked), Remedy(pool, asked)));
        }
    }

    private static string Loss(RentCall rent, long asked) => rent.ElementBytes is { } elementBytes
        ? string.Format(CultureInfo.InvariantCulture, "{0:N0} bytes anew", asked * elementBytes)
        : "a new array";

    private static string Remedy(KnownPool pool, int asked) => asked > SharedPoolBuckets.LargestBucket
        ? "no pool keeps more than 2^30 elements, so allocate it once with 'new' and keep it, or work in smaller parts"
        : string.Format(
            CultureInfo.InvariantCulture,
            pool.IsShared
                ? "rent from a pool made with 'ArrayPool<T>.Create({0}, maxArraysPerBucket)', or work in smaller parts"
                : "create the pool with a 'maxArrayLength' of at least {0}, or work in smaller parts",
            asked);
}
