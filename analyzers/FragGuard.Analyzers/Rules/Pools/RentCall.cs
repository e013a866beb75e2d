using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>A call that rents an array, as messages speak of it.</summary>
/// <param name="Call">The call of the pool, or of a method that hands over an array it rented.</param>
/// <param name="Pool">The pool, or that method, as written.</param>
/// <param name="Element">The type of the elements.</param>
/// <param name="Length">The length asked for, if it can be seen.</param>
/// <param name="IsShared">True for the pool whose rounding is known.</param>
internal sealed record RentCall(
    IInvocationOperation Call, string Pool, ITypeSymbol Element, RentedLength? Length, bool IsShared)
{
    /// <summary>True when every caller gets the same empty array, or an exception.</summary>
    public bool IsEmpty => Length is { Elements: <= 0, IsExact: true };

    /// <summary>The bytes that are lost when the array is not returned.</summary>
    public string Loss
    {
        get
        {
            if (!IsShared || Length is not { Elements: > 0 } asked || SharedPoolBuckets.ElementBytes(Element) is not { } elementBytes)
                return "every call leaves it";

            long bytes = (long)SharedPoolBuckets.ArrayLength(asked.Elements) * elementBytes;
            string most = asked.IsExact ? "" : "up to ";
            return string.Format(CultureInfo.InvariantCulture, "every call leaves {0}{1:N0} bytes", most, bytes);
        }
    }

    /// <summary>The rent at a site, or null for a resource that only is given back.</summary>
    public static RentCall? From(OwnershipFate fate, OwnershipMember<ArrayPools> member)
    {
        if (fate.Origin == OwnershipOrigin.Adopted || fate.Site is not IInvocationOperation call
            || call.Type is not IArrayTypeSymbol { ElementType: { } element })
            return null;
        if (fate.Origin == OwnershipOrigin.HandedOver)
            return new RentCall(call, call.TargetMethod.Name, element, Length: null, IsShared: false);

        return new RentCall(
            call,
            NameOf(call),
            element,
            call.Arguments.Length == 0 ? null : RentedLength.From(call.Arguments[0].Value, member.Body),
            call.Instance is not null && member.Protocol.IsShared(AssignedOnce.Resolve(call.Instance, member.Body)));
    }

    private static string NameOf(IInvocationOperation rent)
    {
        const int longest = 60; // characters
        string? name = rent.Instance?.Syntax.ToString();
        return name is null || name.Length > longest || name.Contains("\n")
            ? rent.TargetMethod.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)
            : name;
    }
}
