using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Finds where the resources of one flow graph come from.</summary>
internal static class OwnershipSites
{
    /// <param name="graph">The body of the method.</param>
    /// <param name="protocol">Which calls acquire and which give back.</param>
    /// <param name="adopts">True to follow also what the method gives back without having acquired it.</param>
    public static ImmutableArray<OwnershipSite> Of(ControlFlowGraph graph, IOwnershipProtocol protocol, bool adopts)
    {
        IOperation[] operations = graph.Blocks
            .SelectMany(block => block.BranchValue is null ? block.Operations : block.Operations.Add(block.BranchValue))
            .SelectMany(operation => operation.DescendantsAndSelf())
            .ToArray();
        IHandedOverResources? handedOver = adopts ? protocol as IHandedOverResources : null;
        List<OwnershipSite> sites = [];
        foreach (IOperation operation in operations)
        {
            if (protocol.Acquires(operation))
                sites.Add(new OwnershipSite(operation, OwnershipOrigin.Acquired));
            else if (operation is IInvocationOperation call && handedOver?.HandsOver(call) == true)
                sites.Add(new OwnershipSite(operation, OwnershipOrigin.HandedOver));
        }

        if (adopts)
            sites.AddRange(Adopted(operations, protocol, sites));
        return sites.ToImmutableArray();
    }

    /// <summary>Parameters that are given back, and the only value of each local that is.</summary>
    private static IEnumerable<OwnershipSite> Adopted(
        IOperation[] operations, IOwnershipProtocol protocol, List<OwnershipSite> known)
    {
        HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
        ILookup<ISymbol?, IOperation>? stores = null;
        foreach (IInvocationOperation call in operations.OfType<IInvocationOperation>())
        {
            switch (protocol.GivenBackBy(call))
            {
                case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } reference
                    when protocol.Types.MayHold(parameter.Type) && seen.Add(parameter):
                    yield return new OwnershipSite(reference, OwnershipOrigin.Adopted);
                    break;
                case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } when seen.Add(local):
                    stores ??= StoresByLocal(operations);
                    if (OnlyValueOf(stores[local]) is { } value && known.TrueForAll(site => site.Operation != value))
                        yield return new OwnershipSite(value, OwnershipOrigin.Adopted);
                    break;
            }
        }
    }

    private static ILookup<ISymbol?, IOperation> StoresByLocal(IOperation[] operations) => operations
        .OfType<ISimpleAssignmentOperation>()
        .Where(assignment => assignment.Target is ILocalReferenceOperation)
        .ToLookup(
            assignment => ((ILocalReferenceOperation)assignment.Target).Local, assignment => assignment.Value, SymbolEqualityComparer.Default);

    private static IOperation? OnlyValueOf(IEnumerable<IOperation> stores)
    {
        IOperation[] values = stores.Take(2).ToArray();
        return values.Length == 1 && values[0] is IInvocationOperation or IFieldReferenceOperation or IPropertyReferenceOperation ? values[0] : null;
    }
}
