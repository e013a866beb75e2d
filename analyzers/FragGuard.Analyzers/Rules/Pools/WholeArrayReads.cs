using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Finds where a rented array is taken for data as a whole.</summary>
internal sealed class WholeArrayReads
{
    private readonly RentedValues _values;

    public WholeArrayReads(RentedValues values) => _values = values;

    public IEnumerable<Read> In(IOperation body) => body.DescendantsAndSelf().SelectMany(ReadsBy);

    private IEnumerable<Read> ReadsBy(IOperation operation) => operation switch
    {
        IInvocationOperation call => ByReceiver(call).Concat(ByArguments(call, call.TargetMethod, call.Arguments)),
        IObjectCreationOperation { Constructor: { } constructor } creation => ByArguments(creation, constructor, creation.Arguments),
        IForEachLoopOperation loop when !ElementLoops.DecidesByElement(loop.Body) => Of(loop.Collection, "'foreach'"),
        IForLoopOperation loop when ElementLoops.BoundOf(loop) is { } array && ElementLoops.Reads(loop, array, _values) =>
            Of(array, "The loop"),
        ISpreadOperation spread => Of(spread.Operand, "The collection"),
        _ => [],
    };

    private IEnumerable<Read> ByReceiver(IInvocationOperation call) =>
        call.Instance is { } receiver && call.Arguments.IsEmpty && DataConsumers.TakesReceiver(call.TargetMethod)
            ? Of(receiver, Name(call.TargetMethod))
            : [];

    private IEnumerable<Read> ByArguments(IOperation call, IMethodSymbol method, IEnumerable<IArgumentOperation> arguments)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter })
                continue;
            if (!DataConsumers.Takes(method, parameter) && !(parameter.Ordinal == 0 && IsStreamToRead(call)))
                continue;

            foreach (Read read in Of(argument.Value, Name(method)))
            {
                if (!IsBounded(call, argument, read.Rents))
                    yield return read;
            }
        }
    }

    /// <summary>True for a memory stream that nobody can write to: what it was made of is its data.</summary>
    private static bool IsStreamToRead(IOperation call) =>
        call is IObjectCreationOperation { Type: { Name: "MemoryStream" } stream } creation
        && stream.ContainingNamespace?.ToDisplayString() is "System.IO"
        && creation.Arguments.Any(argument => argument is
            { Parameter.Name: "writable", Value.ConstantValue: { HasValue: true, Value: false } });

    /// <summary>True when another argument is a number, except for the start and the whole length.</summary>
    private bool IsBounded(IOperation call, IArgumentOperation data, IReadOnlyList<IInvocationOperation> rents) =>
        call.ChildOperations.OfType<IArgumentOperation>().Any(argument =>
            argument != data
            && argument.ArgumentKind == ArgumentKind.Explicit
            && argument.Value.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
            && !RentedValues.IsZero(argument.Value)
            && !_values.IsLengthOf(argument.Value, rents));

    private IEnumerable<Read> Of(IOperation value, string reader)
    {
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        IReadOnlyList<IInvocationOperation> rents = _values.RentsOf(value);
        return rents.Count == 0 ? [] : [new Read(value, reader, rents)];
    }

    private static string Name(IMethodSymbol method) => method.MethodKind == MethodKind.Constructor
        ? $"'new {method.ContainingType.Name}'"
        : $"'{method.ContainingType.Name}.{method.Name}'";

    /// <summary>One expression that is taken for data.</summary>
    /// <param name="Value">The array, or a view of all of it.</param>
    /// <param name="Reader">What takes it, as a message names it.</param>
    /// <param name="Rents">Where the array may come from.</param>
    internal sealed record Read(IOperation Value, string Reader, IReadOnlyList<IInvocationOperation> Rents);
}
