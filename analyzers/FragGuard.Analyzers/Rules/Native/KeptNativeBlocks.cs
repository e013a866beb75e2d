using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>
/// Allocations on the native heap whose addresses one outermost type keeps in collections, and frees one by one in
/// whatever order.
/// </summary>
internal sealed record KeptNativeBlocks(string Name, SizedSites Sites)
{
    /// <summary>Null when the type keeps no block, or frees them only in the order of a queue or a stack, or all at once.</summary>
    public static KeptNativeBlocks? In(INamedTypeSymbol type, SourceBodies bodies, CancellationToken cancellation)
    {
        IOperation[] all = OutermostType.Bodies(type, bodies, cancellation).ToArray();
        List<(IInvocationOperation Call, ISymbol Shelf)> kept = [];
        HashSet<ISymbol> shrinking = new(SymbolEqualityComparer.Default);
        bool frees = false;
        foreach (IInvocationOperation call in all.SelectMany(body => body.DescendantsAndSelf()).OfType<IInvocationOperation>())
        {
            frees |= IsFree(call.TargetMethod);
            if (IsRemoval(call.TargetMethod) && Shelf(call.Instance) is { } smaller)
                shrinking.Add(smaller);
            if (BytesOf(call) is not null && KeptIn(call) is { } shelf)
                kept.Add((call, shelf));
        }

        kept.RemoveAll(block => !shrinking.Contains(block.Shelf));
        if (!frees || kept.Count == 0)
            return null;
        SizeInference sizes = new(bodies, cancellation);
        return new(
            string.Join("', '", kept.Select(block => block.Shelf.Name).Distinct(System.StringComparer.Ordinal)),
            new SizedSites(kept.Select(block => new SizedSite(block.Call, Measure(block.Call, sizes)))));
    }

    public static bool IsAllocation(IInvocationOperation call) => BytesOf(call) is not null;

    /// <summary>The arguments whose product is the size; null for another call.</summary>
    private static IEnumerable<IOperation>? BytesOf(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "Alloc" or "AllocZeroed", ContainingType: { Name: "NativeMemory" } type }
            when type.FullName() is "System.Runtime.InteropServices.NativeMemory" => call.Arguments.Select(argument => argument.Value),
        { Name: "AllocHGlobal" or "AllocCoTaskMem", ContainingType: { Name: "Marshal" } type }
            when type.FullName() is "System.Runtime.InteropServices.Marshal" => call.Arguments.Select(argument => argument.Value),
        _ => null,
    };

    private static IntervalSet Measure(IInvocationOperation call, SizeInference sizes) => BytesOf(call)!.Aggregate(
        IntervalSet.Of(1),
        (product, factor) => product.Combine(
            RequestedNumber.Measure(factor, sizes), (left, right) => left.Multiply(right)));

    private static bool IsFree(IMethodSymbol method) =>
        method is { Name: "Free", ContainingType.Name: "NativeMemory" }
            or { Name: "FreeHGlobal" or "FreeCoTaskMem", ContainingType.Name: "Marshal" };

    private static bool IsRemoval(IMethodSymbol method) =>
        method.Name is "Remove" or "TryRemove" or "RemoveAt" && method.ContainingNamespace?.ToDisplayString() is { } space
        && space.StartsWith("System.Collections", System.StringComparison.Ordinal);

    /// <summary>The field that keeps the address: directly, inside an object or tuple, or by way of one local.</summary>
    private static ISymbol? KeptIn(IOperation allocation)
    {
        IOperation value = Outermost(allocation);
        if (value.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } })
            return StoredBy(value);

        IOperation root = value;
        while (root.Parent is { } parent)
            root = parent;
        return LocalReferences.In(root).To(local)
            .Select(reference => StoredBy(Outermost(reference)))
            .FirstOrDefault(shelf => shelf is not null);
    }

    private static ISymbol? StoredBy(IOperation value) => value.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd" or "Insert" } call } => Shelf(call.Instance),
        IArgumentOperation { Parent: IObjectCreationOperation made } => StoredBy(Outermost(made)),
        ITupleOperation tuple => StoredBy(Outermost(tuple)),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true } place } store
            when store.Value == value => Shelf(place.Instance),
        _ => null,
    };

    private static IOperation Outermost(IOperation value)
    {
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value;
    }

    private static ISymbol? Shelf(IOperation? collection) => collection switch
    {
        IFieldReferenceOperation field => field.Field.OriginalDefinition,
        IPropertyReferenceOperation { Property.IsIndexer: false } property => property.Property.OriginalDefinition,
        _ => null,
    };
}
