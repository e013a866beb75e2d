using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>Where a new handle, or the address behind it, is kept.</summary>
internal static class PinnedPlace
{
    /// <summary>The field or property of the type itself that keeps it, or null when it stays in the method.</summary>
    public static ISymbol? Of(IOperation pin, IOperation body)
    {
        IOperation value = pin;
        while (value.Parent is IConversionOperation || IsAddressOf(value.Parent, value))
            value = value.Parent!;
        return value.Parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Value == value => MemberOf(assignment.Target),
            IFieldInitializerOperation { InitializedFields.Length: 1 } field => field.InitializedFields[0],
            IPropertyInitializerOperation { InitializedProperties.Length: 1 } property => property.InitializedProperties[0],
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } } => KeeperOf(local, body),
            _ => null,
        };
    }

    /// <summary>The static member, or the member of this object, that an operation names.</summary>
    public static ISymbol? MemberOf(IOperation? operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation switch
        {
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
            IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property,
            _ => null,
        };
    }

    /// <summary>True where a handle goes into another variable, which may free it.</summary>
    public static bool IsHandedOn(IOperation handle)
    {
        IOperation value = handle;
        while (value.Parent is IConversionOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IArgumentOperation or IVariableInitializerOperation or ITupleOperation or IReturnOperation => true,
            IAssignmentOperation assignment => assignment.Value == value,
            _ => false,
        };
    }

    private static bool IsAddressOf(IOperation? parent, IOperation handle) =>
        parent is IInvocationOperation { TargetMethod.Name: "AddrOfPinnedObject" } call && call.Instance == handle;

    private static ISymbol? KeeperOf(ILocalSymbol local, IOperation body) =>
        LocalReferences.In(body).To(local)
            .Select(reference => reference.Parent is ISimpleAssignmentOperation store && store.Value == reference ? MemberOf(store.Target) : null)
            .FirstOrDefault(member => member is not null);
}
