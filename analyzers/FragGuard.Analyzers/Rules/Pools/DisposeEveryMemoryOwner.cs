using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2015: a memory owner rented from a pool is disposed on no path.</summary>
internal sealed class DisposeEveryMemoryOwner : IOwnershipRule<MemoryOwners>
{
    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: "FG2015",
        title: "Dispose every memory owner",
        message: "The memory owner rented from '{0}' is disposed on no path, so {1} and the pool allocates the next block "
            + "anew; declare the owner with 'using', or dispose it after the last use of its memory",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "An owner that is never disposed keeps its block from the pool: every rent then allocates an owner "
            + "and a block that is rounded up, and the code pays for a pool that is always empty.");

    public DiagnosticDescriptor Descriptor => Rule;

    public void Judge(OwnershipMember<MemoryOwners> member)
    {
        foreach (OwnershipFate fate in member.Facts.Fates)
        {
            if (fate.AtEnd == OwnershipStates.Rented
                && fate.Site is IInvocationOperation rent
                && member.Protocol.ElementOf(rent.TargetMethod.ReturnType) is { } element)
                Report(member, rent, element);
        }
    }

    private static void Report(OwnershipMember<MemoryOwners> member, IInvocationOperation rent, ITypeSymbol element)
    {
        RentedLength? length = rent.Arguments.Length == 1 ? RentedLength.From(rent.Arguments[0].Value, member.Body) : null;
        if (length is { Elements: 0, IsExact: true })
            return; // An empty block has nothing to give back.

        bool isShared = rent.Instance is not null && MemoryOwners.IsSharedPool(AssignedOnce.Resolve(rent.Instance, member.Body));
        member.Report(Diagnostic.Create(
            Rule, rent.Syntax.GetLocation(), AcquisitionText.NameOf(rent), Loss(isShared ? length : null, element)));
    }

    private static string Loss(RentedLength? length, ITypeSymbol element)
    {
        if (length is not { Elements: > 0, IsExact: true } asked
            || UnmanagedSizes.OfElement(element) is not { } elementBytes)
        {
            return "every call leaves its block to the garbage collector";
        }

        long bytes = SharedPoolBuckets.ArrayLength(asked.Elements) * elementBytes;
        return string.Format(
            CultureInfo.InvariantCulture, "every call leaves {0:N0} bytes to the garbage collector", bytes);
    }
}
