using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Rules.SharedCaches;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>A field or property that is always one array pool of known limits, and the rents from it in its outermost type.</summary>
/// <param name="Name">The field or property.</param>
/// <param name="Buckets">The pool's limits.</param>
/// <param name="ElementBytes">Bytes of one element.</param>
/// <param name="Rents">The rents that the pool may keep, sizes in bytes.</param>
internal sealed record BoundedPool(string Name, CreatedPoolBuckets Buckets, long ElementBytes, SizedSites Rents)
{
    /// <summary>Null when the pool's limits, its variable or its elements are not known.</summary>
    public static BoundedPool? Of(IInvocationOperation create, ISymbol member, KnownSymbols symbols, CancellationToken cancellation)
    {
        if (CreatedPoolBuckets.Of(create) is not { } buckets
            || VariableOf(create) is not { } variable
            || OutermostType.Of(member) is not { } type
            || create.TargetMethod.ContainingType is not { TypeArguments: { Length: 1 } arguments })
        {
            return null;
        }

        long? elementBytes = UnmanagedSizes.OfElement(arguments[0]);
        if (elementBytes is not { } bytes)
            return null;

        SourceBodies bodies = symbols.Bodies;
        SizeInference sizes = new(bodies, cancellation);
        CompilationMentions mentions = symbols.Mentions(cancellation);
        List<SizedSite> rents = [];
        foreach (IOperation body in OutermostType.Bodies(type, bodies, cancellation, found => mentions.Any(found, Mentioned.Rent)))
        {
            foreach (IOperation operation in body.DescendantsAndSelf())
            {
                if (operation is IInvocationOperation { TargetMethod.Name: "Rent", Arguments: { Length: 1 } lengths } call
                    && SymbolEqualityComparer.Default.Equals(CacheReference.Resolve(call.Instance, sizes, Frame.Entry), variable))
                {
                    IntervalSet elements = sizes.Measure(Quantity.Number, lengths[0].Value, Frame.Entry);
                    rents.Add(new(call, elements.IsKnown ? KeptBytes(elements, buckets, bytes) : IntervalSet.Unknown));
                }
            }
        }

        return new(variable.Name, buckets, bytes, new SizedSites(rents));
    }

    /// <summary>
    /// True when sizes come and go independently: one place asks for several, or several methods for different ones. What
    /// one method rents together it returns together, and the pool holds as much of each as is ever out.
    /// </summary>
    public bool Varies
    {
        get
        {
            HashSet<long> all = [];
            HashSet<IOperation> bodies = [];
            foreach (SizedSite rent in Rents.Known)
            {
                HashSet<long> own = [.. rent.Bytes.Parts.SelectMany(part => new[] { Bucket(part.Min), Bucket(part.Max) })];
                if (own.Count > 1)
                    return true;
                all.UnionWith(own);
                bodies.Add(BodyOf(rent.Operation));
            }

            return all.Count > 1 && bodies.Count > 1;
        }
    }

    private long Bucket(long bytes) =>
        SharedPoolBuckets.ArrayLength((int)Math.Min(bytes / ElementBytes, int.MaxValue));

    private static IOperation BodyOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>The pool drops what is longer than its longest array, so that it costs the pool nothing.</summary>
    private static IntervalSet KeptBytes(IntervalSet elements, CreatedPoolBuckets buckets, long elementBytes)
    {
        long longest = SharedPoolBuckets.ArrayLength(buckets.LongestElements);
        return IntervalSet.Of(elements.Parts
            .Where(part => part.Max > 0 && part.Min <= longest)
            .Select(part => part.AtLeast(1).AtMost(longest).Multiply(new(elementBytes, elementBytes))));
    }

    private static ISymbol? VariableOf(IOperation create)
    {
        IOperation value = create;
        while (value.Parent is IConversionOperation { OperatorMethod: null } or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IFieldInitializerOperation { InitializedFields: { Length: 1 } fields } when fields[0].IsReadOnly => fields[0],
            IPropertyInitializerOperation { InitializedProperties: { Length: 1 } properties }
                when properties[0].SetMethod is null => properties[0],
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: { IsReadOnly: true } field } } => field.OriginalDefinition,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { SetMethod: null } property } } =>
                property.OriginalDefinition,
            _ => null,
        };
    }
}
