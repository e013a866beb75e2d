using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Finds calls that are passed an array and answer with a number: how much of it they filled.</summary>
internal static class CountedReads
{
    public static bool Exist(IOperation body, IReadOnlyList<IInvocationOperation> rents, RentedValues values) =>
        body.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call =>
            AnswersWithNumber(call) && call.ChildOperations.Any(child => child.DescendantsAndSelf().Any(inner =>
                inner is ILocalReferenceOperation or IInvocationOperation && values.RentsOf(inner).Intersect(rents).Any())));

    private static bool AnswersWithNumber(IInvocationOperation call) =>
        (call.Parent is not IExpressionStatementOperation && IsNumber(call.Type))
        || call.Arguments.Any(argument => argument.Parameter is { RefKind: RefKind.Out } parameter && IsNumber(parameter.Type));

    private static bool IsNumber(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments.Length: 1 } task
        ? task.Name is "Task" or "ValueTask" && IsNumber(task.TypeArguments[0])
        : type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
}
