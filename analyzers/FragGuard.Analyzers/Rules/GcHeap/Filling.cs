using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>A counted loop that fills a new store and is the first to touch it.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Elements">The fewest elements that it adds.</param>
/// <param name="Chunk">The most of them that one call adds.</param>
/// <param name="Capacity">The number of elements as an expression that has its value already where the store is made, or null.</param>
internal sealed record Filling(ILoopOperation Loop, long Elements, long Chunk, string? Capacity)
{
    /// <summary>The loop that fills the local, or null when the first statement after its declaration to touch it is no such loop.</summary>
    public static Filling? Of(ILocalSymbol local, IVariableDeclaratorOperation declarator, SizeInference sizes)
    {
        IOperation statement = declarator;
        while (statement.Parent is IVariableDeclarationOperation or IVariableDeclarationGroupOperation or IUsingDeclarationOperation)
            statement = statement.Parent;
        if ((statement.Parent as IBlockOperation ?? (statement.Parent as IUsingOperation)?.Body as IBlockOperation) is not { } block)
            return null;
        ImmutableArray<IOperation> statements = block.Operations;
        for (int next = statements.IndexOf(statement) + 1; next < statements.Length; next++) // From the first on, in a using of its own.
        {
            if (References(statements[next], local).Count > 0)
                return statements[next] is ILoopOperation loop && RunsToItsEnd(loop) ? Of(loop, local, sizes) : null;
        }

        return null;
    }

    private static Filling? Of(ILoopOperation loop, ILocalSymbol local, SizeInference sizes)
    {
        long elements = 0;
        long chunk = 1;
        List<IOperation> adding = [];
        foreach (ILocalReferenceOperation reference in References(loop, local))
        {
            IOperation? access = reference.Parent is IArgumentOperation { Parameter.Ordinal: 0 } or IConversionOperation
                ? CallOn(reference)
                : reference.Parent;
            if (access is null || GrowingStore.AddedBy(access, sizes) is not { } added)
                return null;
            if (added == 0)
                continue;

            elements = Math.Min(int.MaxValue, elements + Math.Min(int.MaxValue, added * Trips(access, loop, sizes)));
            chunk = Math.Max(chunk, added);
            adding.Add(access);
        }

        if (elements == 0)
            return null;
        string? capacity = adding.Count == 1 && chunk == 1 && RunsInEach(adding[0], loop) ? CapacityFor(loop, sizes) : null;
        return new Filling(loop, elements, chunk, capacity);
    }

    /// <summary>The call of an extension method that the reference is the receiver of, or null.</summary>
    private static IOperation? CallOn(IOperation reference)
    {
        while (reference.Parent is IConversionOperation conversion)
            reference = conversion;
        return reference.Parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call }
            ? call
            : null;
    }

    /// <summary>How often at least the operation runs; never, when something may skip it.</summary>
    private static long Trips(IOperation operation, ILoopOperation loop, SizeInference sizes)
    {
        long trips = 1;
        foreach (IOperation outer in Repetition.Around(operation))
        {
            if (outer is ILoopOperation each)
                trips = Math.Min(int.MaxValue, trips * Math.Min(int.MaxValue, TripCounts.Of(each, sizes).Min));
            if (outer == loop || trips == 0)
                return trips;
        }

        return 0;
    }

    private static bool RunsInEach(IOperation operation, ILoopOperation loop) =>
        Repetition.Around(operation).FirstOrDefault(outer => outer is ILoopOperation) == loop;

    /// <summary>An exception apart, nothing leaves the loop or an iteration early.</summary>
    private static bool RunsToItsEnd(ILoopOperation loop)
    {
        foreach (IOperation operation in loop.Descendants())
        {
            if (operation.Kind is OperationKind.Branch or OperationKind.Return or OperationKind.YieldReturn or OperationKind.YieldBreak
                or OperationKind.AnonymousFunction or OperationKind.LocalFunction)
                return false;
        }

        return true;
    }

    private static List<ILocalReferenceOperation> References(IOperation code, ILocalSymbol local)
    {
        List<ILocalReferenceOperation> references = [];
        foreach (IOperation operation in code.DescendantsAndSelf())
        {
            if (operation.Kind == OperationKind.LocalReference && operation is ILocalReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, local))
                references.Add(reference);
        }

        return references;
    }

    private static string? CapacityFor(ILoopOperation loop, SizeInference sizes) => loop switch
    {
        IForLoopOperation counted when TripCounts.Counter(counted) is
            { Start.ConstantValue: { HasValue: true, Value: 0 }, IsIncluded: false, Step: 1, Bound: { Type.SpecialType: SpecialType.System_Int32 } bound }
            && IsSettled(bound, sizes) => bound.Syntax.ToString(),
        IForEachLoopOperation each when TripCounts.Unconverted(each.Collection) is { } items
            && (items.Type is IArrayTypeSymbol { Rank: 1 } || items.Type?.SpecialType == SpecialType.System_String)
            && IsSettled(items, sizes) => $"{items.Syntax}.Length",
        _ => null,
    };

    /// <summary>True when the value cannot change between the creation of the store and the loop.</summary>
    private static bool IsSettled(IOperation value, SizeInference sizes) => value switch
    {
        { ConstantValue.HasValue: true } => true,
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => sizes.AssignmentsAround(value).Only(local) is not null,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } =>
            sizes.AssignmentsAround(value).Of(parameter.OriginalDefinition) is { Count: 0 },
        IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } } => true,
        IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance } =>
            (instance.Type is IArrayTypeSymbol || instance.Type?.SpecialType == SpecialType.System_String) && IsSettled(instance, sizes),
        IBinaryOperation { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Multiply or BinaryOperatorKind.Add } binary =>
            IsSettled(binary.LeftOperand, sizes) && IsSettled(binary.RightOperand, sizes),
        IParenthesizedOperation inner => IsSettled(inner.Operand, sizes),
        _ => false,
    };
}
