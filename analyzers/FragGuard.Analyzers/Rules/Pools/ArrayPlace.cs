using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>A place that outlives the method and can keep an array: a field, an automatic property, or an element of one.</summary>
/// <param name="Member">The field or property.</param>
/// <param name="IsElement">True when the array is an element of what the member holds.</param>
internal readonly record struct ArrayPlace(ISymbol Member, bool IsElement)
{
    private const int MaximumMethods = 20; // looked into for one answer

    public string Description =>
        (IsElement ? "an element of '" : Member is IFieldSymbol ? "field '" : "property '") + Member.Name + "'";

    /// <summary>The place, or null for one that dies with the method or does not keep what it is given.</summary>
    public static ArrayPlace? From(IOperation target) => target switch
    {
        IFieldReferenceOperation field when Outlives(field.Instance) => new ArrayPlace(field.Field, IsElement: false),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property
            when Outlives(property.Instance) && IsAutomatic(property.Property) => new ArrayPlace(property.Property, IsElement: false),
        IArrayElementReferenceOperation element when From(element.ArrayReference) is { } holder =>
            holder with { IsElement = true },
        IConversionOperation conversion => From(conversion.Operand),
        _ => null,
    };

    /// <summary>True when code of the body other than the given store may change what the place holds.</summary>
    public bool IsChangedIn(IOperation body, IOperation? store, SourceBodies bodies, CancellationToken cancellation) =>
        IsChangedIn(body, store, bodies, new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default), cancellation);

    private bool IsChangedIn(
        IOperation body, IOperation? store, SourceBodies bodies, HashSet<IMethodSymbol> seen, CancellationToken cancellation)
    {
        int from = store?.Syntax.Span.End ?? 0;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            if (operation.Syntax.SpanStart < from)
                continue;
            if (operation is IFieldReferenceOperation or IPropertyReferenceOperation && Refers(operation) && IsWritten(operation))
                return true;
            if (operation is IInstanceReferenceOperation { Parent: IAssignmentOperation whole } && whole.Target == operation)
                return true; // this = default
            if (operation is IInvocationOperation { Instance: null or IInstanceReferenceOperation } call
                && MayBeChangedBy(call, bodies, seen, cancellation))
                return true;
        }

        return false;
    }

    /// <summary>A call without receiver, or on the object itself, is looked into; one that cannot be is suspected.</summary>
    private bool MayBeChangedBy(IInvocationOperation call, SourceBodies bodies, HashSet<IMethodSymbol> seen, CancellationToken cancellation)
    {
        IMethodSymbol method = call.TargetMethod.OriginalDefinition;
        bool canReach = call.Instance is not null || method.MethodKind == MethodKind.LocalFunction
            || SymbolEqualityComparer.Default.Equals(method.ContainingType, Member.ContainingType)
            || call.Arguments.Any(argument => argument.Value is IInstanceReferenceOperation or IConversionOperation
            {
                Operand: IInstanceReferenceOperation,
            });
        if (!canReach)
            return false;
        if (!seen.Add(method))
            return false;
        if (seen.Count > MaximumMethods || method.IsAbstract || method.IsVirtual || method.IsOverride)
            return true;
        return bodies.Of(method, cancellation) is not { } body || IsChangedIn(body, store: null, bodies, seen, cancellation);
    }

    private bool Refers(IOperation operation) =>
        SymbolEqualityComparer.Default.Equals(
            (operation as IFieldReferenceOperation)?.Field.OriginalDefinition
                ?? (operation as IPropertyReferenceOperation)?.Property.OriginalDefinition as ISymbol,
            Member.OriginalDefinition);

    private bool IsWritten(IOperation reference)
    {
        IOperation target = reference;
        while (target.Parent is ITupleOperation or IConversionOperation)
            target = target.Parent;
        return target.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == target,
            IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out || IsElement,
            IAddressOfOperation or IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
            IArrayElementReferenceOperation { Parent: IAssignmentOperation } => IsElement,
            IInvocationOperation => IsElement,
            _ => false,
        };
    }

    private static bool Outlives(IOperation? instance) => instance switch
    {
        null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        IParameterReferenceOperation { Parameter: { Type.IsReferenceType: true } } => true,
        _ => false,
    };

    private static bool IsAutomatic(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field =>
            SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
