using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>A call of Rent as it is written, with what the source shows of its pool and its length.</summary>
/// <param name="Call">The call, an operation of the member's body.</param>
/// <param name="Element">The type of the elements.</param>
/// <param name="Elements">The length that is always asked for; null when it varies or is not known.</param>
/// <param name="Pool">The pool, or null when its sizes are not known.</param>
internal sealed record SizedRent(IInvocationOperation Call, ITypeSymbol Element, int? Elements, KnownPool? Pool)
{
    private const int ReferenceBytes = 8; // On 64-bit systems.

    /// <summary>Bytes of one element, or null when its layout is not known.</summary>
    public long? ElementBytes => Element.IsReferenceType ? ReferenceBytes : UnmanagedSizes.Of(Element);

    /// <summary>Length of the array that the pool hands out; null when the pool or the length is not known.</summary>
    public int? HandedOut => Pool is null || Elements is not { } asked
        ? null
        : asked > Pool.MostElements ? asked : SharedPoolBuckets.ArrayLength(asked);

    /// <summary>The pool as the code names it.</summary>
    public string PoolName
    {
        get
        {
            const int longest = 60; // characters
            string? name = Call.Instance?.Syntax.ToString();
            return name is null || name.Length > longest || name.Contains("\n")
                ? $"ArrayPool<{Element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}>"
                : name;
        }
    }

    /// <summary>The call behind a site of a flow graph, or null when it is not written in the member itself.</summary>
    public static SizedRent? Of(IOperation site, OwnershipMember<ArrayPools> member, SourceBodies bodies)
    {
        IInvocationOperation? call = member.Body.DescendantsAndSelf()
            .OfType<IInvocationOperation>()
            .FirstOrDefault(found => found.Syntax == site.Syntax && member.Protocol.Acquires(found));
        return call is null ? null : Of(call, member, bodies);
    }

    /// <param name="call">An operation of the tree as written that rents.</param>
    /// <param name="member">The member around it.</param>
    /// <param name="bodies">The compilation's members.</param>
    public static SizedRent? Of(IInvocationOperation call, OwnershipMember<ArrayPools> member, SourceBodies bodies)
    {
        if (call.Type is not IArrayTypeSymbol { ElementType: { TypeKind: not TypeKind.Error } element })
            return null;

        KnownPool? pool = call.Instance is null
            ? null
            : KnownPool.From(call.Instance, member.Body, bodies, member.Protocol, member.Compilation);
        return new SizedRent(call, element, RentedLength.Exact(call.Arguments[0].Value, bodies), pool);
    }
}
