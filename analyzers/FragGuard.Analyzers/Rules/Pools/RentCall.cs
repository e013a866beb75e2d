using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>A call that rents an array, as it is written, with what the source shows of its pool and its length.</summary>
/// <param name="Call">The call of a pool, or of a method that hands over an array it rented.</param>
/// <param name="PoolName">The pool, or that method, as the code names it.</param>
/// <param name="Element">The type of the elements.</param>
/// <param name="Length">The length asked for, or the most of it; null when neither is known.</param>
/// <param name="Pool">The pool, or null when its sizes are not known.</param>
internal sealed record RentCall(
    IInvocationOperation Call, string PoolName, ITypeSymbol Element, RentedLength? Length, KnownPool? Pool)
{
    /// <summary>Bytes of one element, or null when its layout is not known.</summary>
    public long? ElementBytes => UnmanagedSizes.OfElement(Element);

    /// <summary>The length that is always asked for; null when it varies or is not known.</summary>
    public int? Elements => Length is { IsExact: true } exact ? exact.Elements : null;

    /// <summary>Length of the array that the pool hands out; null when the pool or the length is not known.</summary>
    public int? HandedOut => Elements is { } asked ? Pool?.ArrayLength(asked) : null;

    /// <summary>True when every caller gets the same empty array, or an exception.</summary>
    public bool IsEmpty => Elements <= 0;

    /// <summary>The bytes that are lost when the array is not returned.</summary>
    public string Loss
    {
        get
        {
            if (Pool is not { IsShared: true } || Length is not { Elements: > 0 } asked || ElementBytes is not { } elementBytes)
                return "every call leaves it";

            string most = asked.IsExact ? "" : "up to ";
            return string.Format(
                CultureInfo.InvariantCulture, "every call leaves {0}{1:N0} bytes", most, Pool.ArrayLength(asked.Elements) * elementBytes);
        }
    }

    /// <summary>The rent at a site, or null for a resource that only is given back.</summary>
    public static RentCall? Of(OwnershipFate fate, OwnershipMember<ArrayPools> member) => fate switch
    {
        { Origin: OwnershipOrigin.Adopted } => null,
        { Origin: OwnershipOrigin.HandedOver, Site: IInvocationOperation { Type: IArrayTypeSymbol array } call } =>
            new RentCall(call, call.TargetMethod.Name, array.ElementType, Length: null, Pool: null),
        _ => Of(fate.Site, member),
    };

    /// <summary>The call behind a site of a flow graph, or null when it is not written in the member itself.</summary>
    public static RentCall? Of(IOperation site, OwnershipMember<ArrayPools> member)
    {
        IInvocationOperation? call = member.Body.DescendantsAndSelf()
            .OfType<IInvocationOperation>()
            .FirstOrDefault(found => found.Syntax == site.Syntax && member.Protocol.Acquires(found));
        return call is null ? null : Of(call, member);
    }

    /// <param name="call">An operation of the tree as written that rents.</param>
    /// <param name="member">The member around it.</param>
    public static RentCall? Of(IInvocationOperation call, OwnershipMember<ArrayPools> member) =>
        call.Type is IArrayTypeSymbol { ElementType: { TypeKind: not TypeKind.Error } element }
            ? new RentCall(
                call,
                AcquisitionText.NameOf(call),
                element,
                call.Arguments.IsEmpty ? null : RentedLength.From(call.Arguments[0].Value, member.Body, member.Protocol.Bodies),
                call.Instance is null ? null : KnownPool.From(call.Instance, member))
            : null;
}
