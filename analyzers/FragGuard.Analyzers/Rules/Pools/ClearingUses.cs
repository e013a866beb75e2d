using System;
using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Recognizes the uses of an array that put the default value into its elements.</summary>
internal static class ClearingUses
{
    public static bool Clears(OwnershipEvent step, IOperation body) =>
        step.Kind == OwnershipEventKind.Used && (Clears(step.Operation) || LetsClear(step.Operation, body));

    private static bool Clears(IOperation use) => use switch
    {
        IInvocationOperation { TargetMethod: { Name: "Fill" } } call => call.Arguments.Any(argument => IsDefault(argument.Value)),
        IInvocationOperation call => NamesClearing(call.TargetMethod.Name),
        IArrayElementReferenceOperation element => Stores(element),
        IPropertyReferenceOperation { Property.IsIndexer: true } element => Stores(element),
        _ => false,
    };

    private static bool NamesClearing(string name) =>
        name.IndexOf("Clear", StringComparison.Ordinal) >= 0 || name.IndexOf("Reset", StringComparison.Ordinal) >= 0
        || name.IndexOf("Zero", StringComparison.Ordinal) >= 0;

    private static bool Stores(IOperation element) =>
        element.Parent is ISimpleAssignmentOperation assignment && assignment.Target == element && IsDefault(assignment.Value);

    /// <summary>True for an element that a method may set, or that the body sets to the default value through a reference.</summary>
    private static bool LetsClear(IOperation use, IOperation body) => use.Parent switch
    {
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        ISimpleAssignmentOperation { IsRef: true, Target: ILocalReferenceOperation { Local: var reference } } =>
            body.Descendants().OfType<ISimpleAssignmentOperation>().Any(store =>
                !store.IsRef && store.Target is ILocalReferenceOperation { Local: var target }
                && SymbolEqualityComparer.Default.Equals(target, reference) && IsDefault(store.Value)),
        _ => false,
    };

    private static bool IsDefault(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value is IDefaultValueOperation or ILiteralOperation { ConstantValue: { HasValue: true, Value: null } };
    }
}
