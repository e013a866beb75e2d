using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Sees through locals that keep the value they were declared with.</summary>
internal static class AssignedOnce
{
    /// <summary>The initial value of the local, or the operation itself when it is no such local.</summary>
    public static IOperation Resolve(IOperation operation, IOperation body)
    {
        if (operation is not ILocalReferenceOperation { Local: var local })
            return operation;

        LocalReferences references = LocalReferences.In(body);
        return references.InitialValueOf(local) is { } initial && !references.To(local).Any(IsWritten) ? initial : operation;
    }

    private static bool IsWritten(ILocalReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation or ITupleOperation or IAddressOfOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
        _ => false,
    };
}
