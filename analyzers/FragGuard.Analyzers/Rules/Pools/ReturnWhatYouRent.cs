using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2001: an array rented from a pool is returned on no path.</summary>
internal sealed class ReturnWhatYouRent : IOwnershipRule<ArrayPools>
{
    internal const string ElementTypeKey = "fragguard.elementType";
    internal const string RentedLengthKey = "fragguard.rentedLength";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2001",
        title: "Return what you rent",
        message: "The array rented from '{0}' is returned on no path, so {1} to the garbage collector; "
            + "return it to the same pool after its last use, or allocate it with 'new' when it must outlive this method",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "A rented array that is never returned is collected like any other, and the pool allocates its "
            + "replacement: the code pays for the pool and gets nothing back, in arrays rounded up to a power of two.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<ArrayPools> member)
    {
        foreach (OwnershipFate fate in member.AllFacts.Fates)
        {
            if (fate.AtEnd == OwnershipStates.Rented && RentCall.Of(fate, member) is { IsEmpty: false } rent)
                Report(member, rent);
        }
    }

    private static void Report(OwnershipMember<ArrayPools> member, RentCall rent)
    {
        Dictionary<string, string?> properties = new(System.StringComparer.Ordinal)
        {
            [ElementTypeKey] = rent.Element.ToDisplayString(),
        };
        if (rent.Elements is { } known)
            properties[RentedLengthKey] = known.ToString(CultureInfo.InvariantCulture);
        member.Report(Diagnostic.Create(
            Rule,
            rent.Call.Syntax.GetLocation(),
            properties.ToImmutableDictionary(System.StringComparer.Ordinal),
            rent.PoolName,
            rent.Loss));
    }
}
