using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Recognizes code that looks at how large an object has grown, or shrinks it.</summary>
internal sealed class CapacityChecks
{
    private readonly Growables _growables;
    private readonly SourceBodies _bodies;
    private readonly ConcurrentDictionary<ISymbol, ConcurrentDictionary<ISymbol, bool>> _known = new(SymbolEqualityComparer.Default);

    public CapacityChecks(Growables growables, SourceBodies bodies)
    {
        _growables = growables;
        _bodies = bodies;
    }

    /// <summary>True when any code inside the type looks at the size of such objects; which object is not followed.</summary>
    public bool AnyIn(INamedTypeSymbol type, INamedTypeSymbol growable, CancellationToken cancellation) =>
        _known.GetOrAdd(type, _ => new(SymbolEqualityComparer.Default)).GetOrAdd(growable, _ =>
            OutermostType.Bodies(type, _bodies, cancellation).Any(body =>
                body.DescendantsAndSelf().Any(operation => IsCheck(operation, growable))));

    private bool IsCheck(IOperation operation, INamedTypeSymbol growable) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Capacity", Instance: { } instance } => Is(instance, growable),
        IInvocationOperation { TargetMethod.Name: "TrimExcess", Instance: { } instance } => Is(instance, growable),
        IBinaryOperation binary when IsOrder(binary.OperatorKind) =>
            (ReadsSize(binary.LeftOperand, growable) && !IsNone(binary.RightOperand))
            || (ReadsSize(binary.RightOperand, growable) && !IsNone(binary.LeftOperand)),
        IIsPatternOperation pattern => ReadsSize(pattern.Value, growable)
            && pattern.Pattern.DescendantsAndSelf().Any(part => part is IRelationalPatternOperation relation && !IsNone(relation.Value)),
        _ => false,
    };

    private bool ReadsSize(IOperation operand, INamedTypeSymbol growable) => operand.DescendantsAndSelf().Any(part => part switch
    {
        IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } instance } => Is(instance, growable),
        IInvocationOperation { TargetMethod.Name: "GetBuffer", Instance: { } instance } => Is(instance, growable),
        _ => false,
    });

    private bool Is(IOperation instance, INamedTypeSymbol growable) =>
        SymbolEqualityComparer.Default.Equals(_growables.Of(instance.Type), growable);

    private static bool IsOrder(BinaryOperatorKind kind) => kind
        is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
        or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;

    /// <summary>Comparing with 0 or 1 asks whether there is anything at all.</summary>
    private static bool IsNone(IOperation operand) => operand.ConstantValue is { HasValue: true, Value: 0 or 1 or 0L or 1L };
}
