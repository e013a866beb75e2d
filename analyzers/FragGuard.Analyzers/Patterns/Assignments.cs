using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>
/// Everything one body stores in its locals, its parameters, and the members of its own instance. Order and conditions
/// are ignored: a variable holds any of its sources.
/// </summary>
internal sealed class Assignments
{
    private static readonly ConditionalWeakTable<IOperation, Assignments> Known = new();

    private readonly Dictionary<ISymbol, List<Source>> _sources = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _opaque = new(SymbolEqualityComparer.Default);

    private Assignments(IOperation root)
    {
        foreach (IOperation operation in root.DescendantsAndSelf())
            Read(operation);
    }

    /// <summary>Those of one body, read once for all who ask.</summary>
    public static Assignments In(IOperation body) =>
        Known.TryGetValue(body, out Assignments? known) ? known : Known.GetValue(body, Gathered);

    private static Assignments Gathered(IOperation body) => new(body);

    /// <summary>How a variable gets a value.</summary>
    internal enum SourceKind
    {
        /// <summary>The value itself.</summary>
        Value,

        /// <summary>A number that counts up and stays below the value.</summary>
        Below,

        /// <summary>A number that counts up to the value.</summary>
        UpTo,

        /// <summary>An array whose length is the value.</summary>
        Length,
    }

    /// <summary>All sources, or null when something stores what cannot be followed.</summary>
    public IReadOnlyList<Source>? Of(ISymbol variable)
    {
        if (_opaque.Contains(variable))
            return null;
        return _sources.TryGetValue(variable, out List<Source>? sources) ? sources : [];
    }

    /// <summary>The one value a local ever gets, or null.</summary>
    public IOperation? Only(ILocalSymbol local) =>
        Of(local) is { Count: 1 } sources && sources[0].Kind == SourceKind.Value ? sources[0].Operation : null;

    /// <summary>By its kind, which one look tells; what comes up seldom is in methods of its own.</summary>
    private void Read(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.VariableDeclarator:
                ReadDeclarator((IVariableDeclaratorOperation)operation);
                break;
            case OperationKind.SimpleAssignment:
                ReadAssignment((ISimpleAssignmentOperation)operation);
                break;
            case OperationKind.Argument:
                ReadArgument((IArgumentOperation)operation);
                break;
            case OperationKind.Increment or OperationKind.Decrement or OperationKind.CompoundAssignment:
                ReadStep(operation);
                break;
            case OperationKind.CoalesceAssignment or OperationKind.DeconstructionAssignment or OperationKind.AddressOf:
                ReadOtherStore(operation);
                break;
            case OperationKind.Loop or OperationKind.CatchClause or OperationKind.DeclarationPattern
                or OperationKind.RecursivePattern or OperationKind.ListPattern:
                ReadDeclared(operation);
                break;
        }
    }

    private void ReadAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.IsRef)
        {
            Hide(assignment.Target);
            Hide(assignment.Value);
        }
        else
        {
            Store(assignment.Target, assignment.Value);
        }
    }

    private void ReadArgument(IArgumentOperation argument)
    {
        if (argument.Parameter is not { RefKind: RefKind.Ref or RefKind.Out } parameter)
            return;
        // What was put before is no source of its own.
        bool isRead = parameter is { RefKind: RefKind.Out, Type.IsReferenceType: true }
            && argument.Parent is IInvocationOperation call && CacheReads.IsLookup(call.TargetMethod);
        if (!isRead)
            ReadReference(argument);
    }

    private void ReadStep(IOperation operation)
    {
        if (operation is ICompoundAssignmentOperation assignment)
            ReadStep(assignment, assignment.Target, IsPositive(assignment));
        else if (operation is IIncrementOrDecrementOperation step)
            ReadStep(step, step.Target, step.Kind == OperationKind.Increment);
    }

    private void ReadOtherStore(IOperation operation)
    {
        switch (operation)
        {
            case ICoalesceAssignmentOperation assignment:
                Store(assignment.Target, assignment.Value);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                foreach (IOperation target in deconstruction.Target.DescendantsAndSelf())
                    Hide(target);
                break;
            case IAddressOfOperation address:
                Hide(address.Reference);
                break;
        }
    }

    /// <summary>The variables that a loop, a handler or a pattern sets.</summary>
    private void ReadDeclared(IOperation operation)
    {
        switch (operation)
        {
            case IForEachLoopOperation loop:
                _opaque.UnionWith(loop.Locals);
                break;
            case ICatchClauseOperation clause:
                _opaque.UnionWith(clause.Locals);
                break;
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                _opaque.Add(declared);
                break;
            case IRecursivePatternOperation { DeclaredSymbol: { } declared }:
                _opaque.Add(declared);
                break;
            case IListPatternOperation { DeclaredSymbol: { } declared }:
                _opaque.Add(declared);
                break;
        }
    }

    private void ReadDeclarator(IVariableDeclaratorOperation declarator)
    {
        if (declarator.GetVariableInitializer()?.Value is not { } value)
            return;
        if (declarator.Symbol.RefKind == RefKind.None)
        {
            Add(declarator.Symbol, new(SourceKind.Value, value));
            return;
        }

        _opaque.Add(declarator.Symbol);
        Hide(value);
    }

    /// <summary>A step at the bottom of a for loop is bounded by its condition; any other one is not followed.</summary>
    private void ReadStep(IOperation step, IOperation target, bool isUp)
    {
        if (isUp && target is ILocalReferenceOperation { Local: { } local } && Bound(step, local) is { } bound)
            Add(local, bound);
        else
            Hide(target);
    }

    private static Source? Bound(IOperation step, ILocalSymbol local)
    {
        if (step.Parent is not IExpressionStatementOperation { Parent: IForLoopOperation loop } statement
            || !loop.AtLoopBottom.Contains(statement)
            || !loop.Locals.Contains(local, SymbolEqualityComparer.Default)
            || loop.Condition is not IBinaryOperation { LeftOperand: ILocalReferenceOperation left } condition
            || !SymbolEqualityComparer.Default.Equals(left.Local, local))
        {
            return null;
        }

        return condition.OperatorKind switch
        {
            BinaryOperatorKind.LessThan => new(SourceKind.Below, condition.RightOperand),
            BinaryOperatorKind.LessThanOrEqual => new(SourceKind.UpTo, condition.RightOperand),
            _ => null,
        };
    }

    private static bool IsPositive(ICompoundAssignmentOperation assignment) =>
        assignment is { OperatorKind: BinaryOperatorKind.Add, Value.ConstantValue: { HasValue: true, Value: int and > 0 } };

    private void ReadReference(IArgumentOperation argument)
    {
        if (argument.Parent is IInvocationOperation { TargetMethod.Name: "Resize" } call
            && call.TargetMethod.ContainingType.SpecialType == SpecialType.System_Array
            && call.Arguments.FirstOrDefault(other => other.Parameter?.Ordinal == 1) is { } newSize
            && Variable(argument.Value) is { } array)
        {
            Add(array, new(SourceKind.Length, newSize.Value));
        }
        else
        {
            Hide(argument.Value);
        }
    }

    private void Store(IOperation target, IOperation value)
    {
        if (Variable(target) is { } variable)
            Add(variable, new(SourceKind.Value, value));
    }

    private void Hide(IOperation target)
    {
        if (Variable(target) is { } variable)
            _opaque.Add(variable);
    }

    private void Add(ISymbol variable, Source source)
    {
        if (!_sources.TryGetValue(variable, out List<Source>? sources))
            _sources.Add(variable, sources = []);
        sources.Add(source);
    }

    private static ISymbol? Variable(IOperation target) => target.Kind switch
    {
        OperationKind.LocalReference => ((ILocalReferenceOperation)target).Local,
        OperationKind.ParameterReference => ((IParameterReferenceOperation)target).Parameter.OriginalDefinition,
        OperationKind.FieldReference => ((IFieldReferenceOperation)target).Field.OriginalDefinition,
        OperationKind.PropertyReference => ((IPropertyReferenceOperation)target).Property.OriginalDefinition,
        OperationKind.DeclarationExpression => Variable(((IDeclarationExpressionOperation)target).Expression),
        OperationKind.Conversion => Variable(((IConversionOperation)target).Operand),
        _ => null,
    };

    /// <summary>One store into a variable.</summary>
    internal sealed record Source(SourceKind Kind, IOperation Operation)
    {
        /// <summary>True for the bound of a number that counts up.</summary>
        public bool IsBound => Kind is SourceKind.Below or SourceKind.UpTo;
    }
}
