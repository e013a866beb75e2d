using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

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
        foreach (OwnershipFate fate in member.Facts.Fates)
        {
            if (fate.AtEnd == OwnershipStates.Rented)
                Report(member, (IInvocationOperation)fate.Site);
        }
    }

    private static void Report(OwnershipMember<ArrayPools> member, IInvocationOperation rent)
    {
        RentedLength? length = RentedLength.From(rent.Arguments[0].Value, member.Body);
        if (length is { Elements: <= 0, IsExact: true })
            return; // Every caller gets the same empty array, or an exception.

        ITypeSymbol element = ((INamedTypeSymbol)rent.TargetMethod.ContainingType).TypeArguments[0];
        Dictionary<string, string?> properties = new(System.StringComparer.Ordinal)
        {
            [ElementTypeKey] = element.ToDisplayString(),
        };
        if (length is { IsExact: true } known)
            properties[RentedLengthKey] = known.Elements.ToString(CultureInfo.InvariantCulture);
        bool isShared = rent.Instance is not null && member.Protocol.IsShared(AssignedOnce.Resolve(rent.Instance, member.Body));
        member.Report(Diagnostic.Create(
            Rule,
            rent.Syntax.GetLocation(),
            properties.ToImmutableDictionary(System.StringComparer.Ordinal),
            NameOf(rent),
            Loss(isShared ? length : null, element)));
    }

    private static string NameOf(IInvocationOperation rent)
    {
        const int longest = 60; // characters
        string? name = rent.Instance?.Syntax.ToString();
        return name is null || name.Length > longest || name.Contains("\n")
            ? rent.TargetMethod.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)
            : name;
    }

    private static string Loss(RentedLength? length, ITypeSymbol element)
    {
        if (length is not { Elements: > 0 } asked || SharedPoolBuckets.ElementBytes(element) is not { } elementBytes)
            return "every call leaves it";

        long bytes = (long)SharedPoolBuckets.ArrayLength(asked.Elements) * elementBytes;
        string most = asked.IsExact ? "" : "up to ";
        return string.Format(CultureInfo.InvariantCulture, "every call leaves {0}{1:N0} bytes", most, bytes);
    }
}
