using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>
/// How large a value can be, read from the source by interval arithmetic over operations. Sound, or silent: what the
/// source does not bound on both sides is unknown. For one thread.
/// </summary>
internal sealed class SizeInference
{
    /// <summary>Operations looked at per question; code that needs more is not understood by its readers either.</summary>
    private const int MostSteps = 4_000;

    private const int MostNesting = 150;

    private readonly SourceBodies _bodies;
    private readonly CancellationToken _cancellation;
    private readonly DeclaredSizes? _declared;
    private readonly Dictionary<IOperation, Assignments> _assignments = [];

    /// <summary>By quantity, the variables and members that are being read for it.</summary>
    private readonly HashSet<ISymbol>[] _open =
    [
        new(SymbolEqualityComparer.Default),
        new(SymbolEqualityComparer.Default),
        new(SymbolEqualityComparer.Default),
    ];

    private int _steps;
    private int _nesting;

    /// <param name="declared">What attributes say of the values that the source does not bound.</param>
    public SizeInference(SourceBodies bodies, CancellationToken cancellation, DeclaredSizes? declared = null)
    {
        _bodies = bodies;
        _cancellation = cancellation;
        _declared = declared;
    }

    public IntervalSet Measure(Quantity quantity, IOperation value, Frame frame)
    {
        _steps = MostSteps;
        _nesting = 0;
        return Of(quantity, value, frame);
    }

    /// <summary>What a delegate, given as a lambda or a method, returns.</summary>
    public IntervalSet MeasureReturned(Quantity quantity, IOperation factory, Frame frame)
    {
        _steps = MostSteps;
        _nesting = 0;
        return OfReturned(quantity, factory, frame);
    }

    /// <summary>Bytes of a string once it is encoded in UTF-8.</summary>
    public IntervalSet MeasureUtf8(IOperation text, Frame frame)
    {
        _steps = MostSteps;
        _nesting = 0;
        return KnownLengths.OfUtf8(this, text, frame);
    }

    public Assignments AssignmentsAround(IOperation operation)
    {
        IOperation root = operation;
        while (root.Parent is { } parent)
            root = parent;
        if (!_assignments.TryGetValue(root, out Assignments? assignments))
            _assignments.Add(root, assignments = Assignments.In(root));
        return assignments;
    }

    internal IntervalSet Of(Quantity quantity, IOperation operation, Frame frame)
    {
        if (--_steps < 0 || _nesting >= MostNesting || operation is IInvalidOperation)
            return IntervalSet.Unknown;
        _cancellation.ThrowIfCancellationRequested();
        _nesting++;
        IntervalSet set = operation.ConstantValue is { HasValue: true, Value: var constant }
            ? OfConstant(quantity, constant, operation.Type)
            : quantity == Quantity.Bytes ? OfBytes(operation, frame) : OfShape(quantity, operation, frame);
        _nesting--;
        return set.IsKnown ? set : _declared?.Of(quantity, operation) ?? set;
    }

    internal IntervalSet OfReturned(Quantity quantity, IOperation factory, Frame frame) => factory switch
    {
        IConversionOperation conversion => OfReturned(quantity, conversion.Operand, frame),
        IDelegateCreationOperation creation => OfReturned(quantity, creation.Target, frame),
        IAnonymousFunctionOperation lambda => JoinReturned(quantity, lambda.Body, frame),
        IMethodReferenceOperation { IsVirtual: false } reference => OfMethod(
            quantity, reference.Method, ImmutableArray<IArgumentOperation>.Empty, frame),
        IParameterReferenceOperation reference
            when frame[reference.Parameter] is { } argument
            && AssignmentsAround(reference).Of(reference.Parameter.OriginalDefinition) is { Count: 0 } =>
            OfReturned(quantity, argument.Value, argument.Frame),
        _ => IntervalSet.Unknown,
    };

    private static IntervalSet OfConstant(Quantity quantity, object? constant, ITypeSymbol? type)
    {
        if (constant is null)
            return quantity == Quantity.Number ? IntervalSet.Unknown : IntervalSet.Nothing;
        return quantity switch
        {
            Quantity.Number when NumericTypes.Constant(constant) is { } number => IntervalSet.Of(number),
            Quantity.Length when constant is string text => IntervalSet.Of(text.Length),
            Quantity.Bytes when constant is string text => IntervalSet.Of(sizeof(char) * (long)text.Length),
            Quantity.Bytes when UnmanagedSizes.Of(type) is { } bytes => IntervalSet.Of(bytes),
            _ => IntervalSet.Unknown,
        };
    }

    private IntervalSet OfBytes(IOperation operation, Frame frame)
    {
        if (ElementBytes(operation.Type) is { } elementBytes)
            return Of(Quantity.Length, operation, frame).Map(length => length.Multiply(new(elementBytes, elementBytes)));
        return UnmanagedSizes.Of(operation.Type) is { } bytes
            ? IntervalSet.Of(bytes)
            : OfShape(Quantity.Bytes, operation, frame);
    }

    private static long? ElementBytes(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => UnmanagedSizes.Of(array.ElementType),
        { SpecialType: SpecialType.System_String } => sizeof(char),
        _ => null,
    };

    /// <summary>The forms that pass a value on, whatever is asked of it; then those that make one.</summary>
    private IntervalSet OfShape(Quantity quantity, IOperation operation, Frame frame)
    {
        switch (operation.Kind)
        {
            case OperationKind.Parenthesized:
                return Of(quantity, ((IParenthesizedOperation)operation).Operand, frame);
            case OperationKind.Conversion:
                return OfConversion(quantity, (IConversionOperation)operation, frame);
            case OperationKind.Conditional or OperationKind.Coalesce or OperationKind.SwitchExpression:
                return OfChoice(quantity, operation, frame);
            case OperationKind.ConditionalAccess:
                return Of(quantity, ((IConditionalAccessOperation)operation).WhenNotNull, frame);
            case OperationKind.ConditionalAccessInstance:
                return AccessedBy((IConditionalAccessInstanceOperation)operation) is { } accessed
                    ? Of(quantity, accessed, frame)
                    : IntervalSet.Unknown;
            case OperationKind.Throw:
                return IntervalSet.Nothing;
            case OperationKind.DefaultValue when operation.Type is { IsReferenceType: true }:
                return IntervalSet.Nothing;
            case OperationKind.SimpleAssignment:
                return Of(quantity, ((ISimpleAssignmentOperation)operation).Value, frame);
            case OperationKind.Await:
                return Of(quantity, ((IAwaitOperation)operation).Operation, frame);
            case OperationKind.LocalReference:
                return OfVariable(quantity, operation, ((ILocalReferenceOperation)operation).Local, frame);
            case OperationKind.ParameterReference:
                return OfParameter(quantity, (IParameterReferenceOperation)operation, frame);
            case OperationKind.FieldReference when operation is IFieldReferenceOperation { Field: { IsReadOnly: true } field }:
                return OfMember(quantity, field, frame);
            case OperationKind.PropertyReference:
                return OfProperty(quantity, (IPropertyReferenceOperation)operation, frame);
            case OperationKind.Invocation:
                return OfCall(quantity, (IInvocationOperation)operation, frame);
        }

        return quantity switch
        {
            Quantity.Number => KnownNumbers.Of(this, operation, frame),
            Quantity.Length => KnownLengths.Of(this, operation, frame),
            _ => IntervalSet.Unknown,
        };
    }

    private IntervalSet OfChoice(Quantity quantity, IOperation operation, Frame frame) => operation switch
    {
        IConditionalOperation { WhenFalse: { } whenFalse } choice =>
            Of(quantity, choice.WhenTrue, frame).Join(Of(quantity, whenFalse, frame)),
        ICoalesceOperation coalesce => Of(quantity, coalesce.Value, frame).Join(Of(quantity, coalesce.WhenNull, frame)),
        ISwitchExpressionOperation choice => Join(choice.Arms.Select(arm => arm.Value), quantity, frame),
        _ => IntervalSet.Unknown,
    };

    /// <summary>The operand of <c>?.</c> that a member access inside it stands on.</summary>
    public static IOperation? AccessedBy(IConditionalAccessInstanceOperation instance)
    {
        IOperation child = instance;
        for (IOperation? parent = instance.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, child))
                return access.Operation;
        }

        return null;
    }

    private IntervalSet OfConversion(Quantity quantity, IConversionOperation conversion, Frame frame)
    {
        // A user-defined conversion makes a new value, except those between arrays, strings and spans.
        if (conversion.OperatorMethod?.ContainingType.FullName() is not (null or "System.Span" or "System.ReadOnlySpan"
            or "System.Memory" or "System.ReadOnlyMemory" or "System.String"))
        {
            return IntervalSet.Unknown;
        }

        IntervalSet set = Of(quantity, conversion.Operand, frame);
        return quantity == Quantity.Number ? set.Map(number => NumericTypes.Fit(number, conversion.Type)) : set;
    }

    private IntervalSet OfVariable(Quantity quantity, IOperation reference, ISymbol variable, Frame frame)
    {
        if (AssignmentsAround(reference).Of(variable) is not { } sources || !_open[(int)quantity].Add(variable))
            return IntervalSet.Unknown;
        IntervalSet set = IntervalSet.Nothing;
        set = With(set, sources, quantity, frame);
        _open[(int)quantity].Remove(variable);
        return set.IsNothing ? IntervalSet.Unknown : set;
    }

    /// <summary>The set with what the sources add; last the bounds of numbers that count up from the others.</summary>
    private IntervalSet With(IntervalSet set, IReadOnlyList<Assignments.Source> sources, Quantity quantity, Frame frame)
    {
        foreach (Assignments.Source source in sources)
        {
            if (!source.IsBound)
                set = With(set, source, quantity, frame);
        }

        foreach (Assignments.Source bound in sources)
        {
            if (bound.IsBound)
                set = With(set, bound, quantity, frame);
        }

        return set;
    }

    private IntervalSet With(IntervalSet set, Assignments.Source source, Quantity quantity, Frame frame)
    {
        switch (source.Kind)
        {
            case Assignments.SourceKind.Value:
                return set.Join(Of(quantity, source.Operation, frame));
            case Assignments.SourceKind.Length:
                return set.Join(quantity == Quantity.Length
                    ? Of(Quantity.Number, source.Operation, frame).Map(length => length.AtLeast(0))
                    : IntervalSet.Unknown);
            case Assignments.SourceKind.Below or Assignments.SourceKind.UpTo when quantity == Quantity.Number:
                IntervalSet bound = Of(Quantity.Number, source.Operation, frame);
                if (set.IsNothing || bound.IsNothing)
                    return IntervalSet.Unknown;
                long min = set.Min;
                long most = bound.Max;
                long max = most == long.MaxValue || source.Kind == Assignments.SourceKind.UpTo ? most : most - 1;
                return set.Join(IntervalSet.Of(new Interval(min, System.Math.Max(min, max))));
            default:
                return IntervalSet.Unknown;
        }
    }

    private IntervalSet OfParameter(Quantity quantity, IParameterReferenceOperation reference, Frame frame)
    {
        IParameterSymbol parameter = reference.Parameter.OriginalDefinition;
        if (frame[parameter] is not { } argument || AssignmentsAround(reference).Of(parameter) is not { } sources)
            return IntervalSet.Unknown;
        IntervalSet set = Of(quantity, argument.Value, argument.Frame);
        if (sources.Count == 0)
            return set;
        return _open[(int)quantity].Contains(parameter)
            ? IntervalSet.Unknown
            : set.Join(OfVariable(quantity, reference, parameter, frame));
    }

    private IntervalSet OfProperty(Quantity quantity, IPropertyReferenceOperation reference, Frame frame)
    {
        IPropertySymbol property = reference.Property;
        if (quantity == Quantity.Number && KnownNumbers.OfProperty(this, reference, frame) is { } number)
            return number;
        if (property is { Name: "Result", ContainingType.Name: "Task" or "ValueTask" } && reference.Instance is { } task)
            return Of(quantity, task, frame);
        if (!property.Parameters.IsEmpty || property.GetMethod is not { } getter || IsOpen(property))
            return IntervalSet.Unknown;
        if (_bodies.Of(getter.OriginalDefinition, _cancellation) is not null)
            return OfMethod(quantity, getter, ImmutableArray<IArgumentOperation>.Empty, frame);
        return property.SetMethod is null ? OfMember(quantity, property, frame) : IntervalSet.Unknown;
    }

    /// <summary>A readonly field or get-only property: its initializer and whatever the constructors store.</summary>
    private IntervalSet OfMember(Quantity quantity, ISymbol member, Frame frame)
    {
        member = member.OriginalDefinition;
        if (member.ContainingType.DeclaringSyntaxReferences.IsEmpty || !_open[(int)quantity].Add(member))
            return IntervalSet.Unknown;
        IntervalSet set = _bodies.InitializerOf(member, _cancellation) is { } initializer
            ? Of(quantity, initializer, Frame.Entry)
            : IntervalSet.Nothing;
        foreach (IMethodSymbol setter in SourceBodies.SettersOf(member.ContainingType))
        {
            if (_bodies.Of(setter, _cancellation) is not { } body)
                continue;
            if (AssignmentsAround(body).Of(member) is not { } sources)
                set = IntervalSet.Unknown;
            else
                set = With(set, sources, quantity, Frame.Entry);
        }

        _open[(int)quantity].Remove(member);
        return set.IsNothing ? IntervalSet.Unknown : set;
    }

    private IntervalSet OfCall(Quantity quantity, IInvocationOperation call, Frame frame)
    {
        if (PassedThrough(call) is { } passed)
            return Of(quantity, passed, frame);
        if (quantity != Quantity.Number && CacheReads.IsRead(call.TargetMethod))
            return IntervalSet.Nothing;
        if (call is { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } made })
            return OfReturned(quantity, made, frame);
        if (call.TargetMethod.FullName() is "System.Threading.Tasks.Task.Run" && call.Arguments.Length > 0)
            return OfReturned(quantity, call.Arguments[0].Value, frame);
        IntervalSet? known = quantity switch
        {
            Quantity.Number => KnownNumbers.OfCall(this, call, frame),
            Quantity.Length => KnownLengths.OfCall(this, call, frame),
            _ => null,
        };
        if (known is not null)
            return known;
        return call.IsVirtual && IsOpen(call.TargetMethod)
            ? IntervalSet.Unknown
            : OfMethod(quantity, call.TargetMethod, call.Arguments, frame);
    }

    private static IOperation? PassedThrough(IInvocationOperation call) => call.TargetMethod.FullName() switch
    {
        "System.Threading.Tasks.Task.FromResult" or "System.Threading.Tasks.ValueTask.FromResult"
            when call.Arguments.Length == 1 => call.Arguments[0].Value,
        "System.Threading.Tasks.Task.ConfigureAwait" or "System.Threading.Tasks.ValueTask.ConfigureAwait"
            or "System.Threading.Tasks.Task.GetAwaiter" or "System.Threading.Tasks.ValueTask.GetAwaiter"
            or "System.Runtime.CompilerServices.TaskAwaiter.GetResult"
            or "System.Runtime.CompilerServices.ValueTaskAwaiter.GetResult"
            or "System.Threading.Tasks.ValueTask.AsTask" or "System.Array.Clone" => call.Instance,
        _ => null,
    };

    private IntervalSet OfMethod(
        Quantity quantity, IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, Frame frame)
    {
        if (frame.Call(arguments) is not { } inner
            || _bodies.Of(method.OriginalDefinition, _cancellation) is not { } body)
        {
            return IntervalSet.Unknown;
        }

        return JoinReturned(quantity, body, inner);
    }

    private IntervalSet JoinReturned(Quantity quantity, IOperation body, Frame frame) =>
        SourceBodies.ReturnedBy(body) is { Count: > 0 } values ? Join(values, quantity, frame) : IntervalSet.Unknown;

    private IntervalSet Join(IEnumerable<IOperation> values, Quantity quantity, Frame frame)
    {
        IntervalSet set = IntervalSet.Nothing;
        foreach (IOperation value in values)
            set = set.Join(Of(quantity, value, frame));
        return set;
    }

    /// <summary>Another type may say something else.</summary>
    private static bool IsOpen(ISymbol member) =>
        (member.IsVirtual || member.IsAbstract || member.IsOverride)
        && !member.IsSealed && member.ContainingType is { IsSealed: false };
}
