using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Recognizes the uses that may reach every element of an array, whatever length was asked for.</summary>
internal static class WholeArrayUses
{
    /// <summary>True as well for an array that other code has got hold of, as a method that was passed the variable by reference.</summary>
    public static bool MayReachAll(OwnershipFacts facts, OwnershipFate fate) =>
        (fate.AtEnd & (OwnershipStates.Escaped | OwnershipStates.Unknown)) != OwnershipStates.None
        || facts.Events.Any(step => step.Site == fate.Site && MayReachAll(step));

    private static bool MayReachAll(OwnershipEvent step) => step.Kind switch
    {
        OwnershipEventKind.Escaped => true,
        OwnershipEventKind.Used => MayReachAll(step.Operation),
        _ => false,
    };

    private static bool MayReachAll(IOperation use) => use switch
    {
        IPropertyReferenceOperation property => property.Property.Name is "Length" or "LongLength",
        IInvocationOperation { Instance: { } array } when IsArray(array) => true,
        IInvocationOperation call => !HasNumber(call) && call.Arguments.Any(argument => MayBeWhole(argument.Value)),
        IObjectCreationOperation creation => !HasNumber(creation) && creation.Arguments.Any(argument => MayBeWhole(argument.Value)),
        IArrayElementReferenceOperation => false,
        _ => true,
    };

    /// <summary>The array, or a view under a name, which does not tell its length.</summary>
    private static bool MayBeWhole(IOperation value) =>
        IsArray(value) || value is ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation;

    private static bool IsArray(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value.Type is IArrayTypeSymbol;
    }

    /// <summary>True for an argument that may be an offset or a length.</summary>
    private static bool HasNumber(IOperation call) => call.ChildOperations.OfType<IArgumentOperation>().Any(argument =>
        argument.ArgumentKind == ArgumentKind.Explicit
        && argument.Value.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64);
}
