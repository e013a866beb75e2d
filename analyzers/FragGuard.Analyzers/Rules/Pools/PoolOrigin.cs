using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Follows a pool to the expression that it comes from, through what is set only once.</summary>
internal static class PoolOrigin
{
    private const int MostSteps = 4;

    /// <summary>The first expression that is no local, readonly field or get-only property with one value.</summary>
    public static IOperation Of(IOperation pool, IOperation body, SourceBodies bodies, ArrayPools protocol)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            IOperation seen = AssignedOnce.Resolve(Unconverted(pool), body);
            if (protocol.IsShared(seen))
                return seen;

            IOperation next = Unconverted(OnlyValue(seen, bodies) ?? seen);
            if (next == pool)
                return pool;
            pool = next;
        }

        return pool;
    }

    private static IOperation? OnlyValue(IOperation reference, SourceBodies bodies) => reference switch
    {
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } => Stored(field.OriginalDefinition, bodies),
        IPropertyReferenceOperation { Property: { SetMethod: null, Parameters.IsEmpty: true } property }
            when !property.IsVirtual && !property.IsAbstract && !property.IsOverride =>
            Returned(property.OriginalDefinition, bodies) ?? Stored(property.OriginalDefinition, bodies),
        _ => null,
    };

    private static IOperation? Returned(IPropertySymbol property, SourceBodies bodies) =>
        property.GetMethod is { } getter
        && bodies.Of(getter, CancellationToken.None) is { } body
        && SourceBodies.ReturnedBy(body) is { Count: 1 } values
            ? values[0]
            : null;

    private static IOperation? Stored(ISymbol member, SourceBodies bodies)
    {
        List<IOperation> values = [];
        if (bodies.InitializerOf(member, CancellationToken.None) is { } initializer)
            values.Add(initializer);
        foreach (IMethodSymbol setter in SourceBodies.SettersOf(member.ContainingType))
        {
            if (bodies.Of(setter, CancellationToken.None) is not { } body)
                continue;
            if (Assignments.In(body).Of(member) is not { } sources)
                return null;
            values.AddRange(sources.Select(source => source.Operation));
        }

        return values.Count == 1 ? values[0] : null;
    }

    private static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation;
    }
}
