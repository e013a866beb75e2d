using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Which pool an expression stands for, as far as that is certain: the shared one, or one made at a known place.</summary>
/// <param name="MadeAt">Where the pool is made; null for the shared one.</param>
internal sealed record PoolIdentity(SyntaxNode? MadeAt)
{
    private const int MaximumDepth = 4; // members

    /// <summary>The pool, or null when it cannot be told.</summary>
    public static PoolIdentity? Of(
        IOperation? pool, IOperation body, ArrayPools pools, CancellationToken cancellation, int depth = 0)
    {
        if (pool is null || depth == MaximumDepth)
            return null;
        if (pools.IsShared(pool))
            return new PoolIdentity(MadeAt: null);

        pool = AssignedOnce.Resolve(pool, body);
        while (pool is IConversionOperation { OperatorMethod: null } conversion)
            pool = AssignedOnce.Resolve(conversion.Operand, body);
        return pool switch
        {
            _ when pools.IsShared(pool) => new PoolIdentity(MadeAt: null),
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Create" } create }
                when pools.IsPoolOrDerived(create.ContainingType) => new PoolIdentity(pool.Syntax),
            IObjectCreationOperation made when pools.IsPoolOrDerived(made.Type as INamedTypeSymbol) => new PoolIdentity(pool.Syntax),
            IFieldReferenceOperation { Field: { IsReadOnly: true } field } => SetOnce(field),
            IPropertyReferenceOperation { Property: { SetMethod: null, IsVirtual: false, IsOverride: false } property } =>
                SetOnce(property) ?? Result(property),
            _ => null,
        };

        PoolIdentity? SetOnce(ISymbol member) =>
            pools.Bodies.InitializerOf(member, cancellation) is { } initial && !IsSetByConstructor(member)
                ? Of(initial, initial, pools, cancellation, depth + 1)
                : null;

        bool IsSetByConstructor(ISymbol member) => SourceBodies.SettersOf(member.ContainingType).Any(constructor =>
            pools.Bodies.Of(constructor, cancellation) is { } body && body.Descendants().OfType<ISimpleAssignmentOperation>().Any(assignment =>
                SymbolEqualityComparer.Default.Equals(
                    (assignment.Target as IFieldReferenceOperation)?.Field
                        ?? (assignment.Target as IPropertyReferenceOperation)?.Property as ISymbol,
                    member)));

        PoolIdentity? Result(IPropertySymbol property) =>
            property.GetMethod is { } getter && pools.Bodies.Of(getter, cancellation) is { } body
            && SourceBodies.ReturnedBy(body) is { Count: 1 } results && pools.IsShared(results[0])
                ? new PoolIdentity(MadeAt: null)
                : null;
    }
}
