using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// Tells a shelf of objects for reuse from a queue of work: what is on a shelf was cleared, and who takes from it makes a
/// new object when it is empty.
/// </summary>
internal sealed class ReuseEvidence
{
    private readonly Growables _growables;
    private readonly SourceBodies _bodies;

    public ReuseEvidence(Growables growables, SourceBodies bodies)
    {
        _growables = growables;
        _bodies = bodies;
    }

    public bool IsShelf(GiveBack place, INamedTypeSymbol type, CancellationToken cancellation)
    {
        IOperation[] all = OutermostType.Bodies(type, _bodies, cancellation).ToArray();
        return all.Any(body => Any(body, operation => Takes(operation, place)) && Any(body, operation => Makes(operation, place)))
            && all.Any(body => Any(body, operation => Clears(operation, place)));
    }

    /// <summary>Something of the type gives back to a pool of such objects, so that this type decides what is kept.</summary>
    public bool ReturnsToAPool(GiveBack place, INamedTypeSymbol type, CancellationToken cancellation) =>
        OutermostType.Bodies(type, _bodies, cancellation).Any(body => Any(body, operation =>
            operation is IInvocationOperation { TargetMethod.Name: "Return", Arguments: { Length: 1 } arguments } call
            && call.TargetMethod.ContainingType is { ContainingNamespace.Name: "ObjectPool" }
            && Is(arguments[0].Value, place)));

    /// <summary>True when code outside the type gets the object first: it may look at its size, or shrink it.</summary>
    public static bool IsSeenByOthers(GiveBack place, INamedTypeSymbol type, IOperation root) =>
        place.Variable is { } variable
        && root.Descendants().Any(operation =>
            operation is IArgumentOperation { Parent: IInvocationOperation call } argument
            && call != place.Operation
            && Refers(argument.Value, variable)
            && IsForeign(call.TargetMethod, type));

    /// <summary>Neither the type itself, whose code was searched, nor the base library, which never shrinks what it is given.</summary>
    private static bool IsForeign(IMethodSymbol method, INamedTypeSymbol type)
    {
        INamespaceSymbol? space = method.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
            space = outer;
        return space?.Name is not "System" && !SymbolEqualityComparer.Default.Equals(OutermostType.Of(method), type);
    }

    private static bool Refers(IOperation value, ISymbol variable) => value switch
    {
        IConversionOperation conversion => Refers(conversion.Operand, variable),
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    };

    private static bool Takes(IOperation operation, GiveBack place) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "TryTake" or "TryPop" or "TryDequeue" or "Pop" or "Dequeue" or "Take" } call =>
            IsOn(call.Instance, place),
        IInvocationOperation { TargetMethod: { Name: "Exchange", ContainingType.Name: "Interlocked" } } call =>
            IsOn(KnownLengths.Argument(call.Arguments, 0), place) && IsNull(KnownLengths.Argument(call.Arguments, 1)),
        ISimpleAssignmentOperation store => IsOn(store.Target, place) && IsNull(store.Value),
        _ => false,
    };

    private bool Makes(IOperation operation, GiveBack place) =>
        operation is IObjectCreationOperation or ICollectionExpressionOperation && Is(operation, place);

    private bool Clears(IOperation operation, GiveBack place) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "Clear" or "ResetWrittenCount", Instance: { } instance } => Is(instance, place),
        IInvocationOperation { TargetMethod.Name: "SetLength", Instance: { } instance, Arguments: { Length: 1 } arguments } =>
            Is(instance, place) && IsZero(arguments[0].Value),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance } } set =>
            Is(instance, place) && IsZero(set.Value),
        _ => false,
    };

    private bool Is(IOperation value, GiveBack place) =>
        SymbolEqualityComparer.Default.Equals(_growables.Of(value.Type), place.Growable);

    private static bool IsOn(IOperation? shelf, GiveBack place) => shelf switch
    {
        IFieldReferenceOperation field => SymbolEqualityComparer.Default.Equals(field.Field.OriginalDefinition, place.Shelf),
        IPropertyReferenceOperation property =>
            SymbolEqualityComparer.Default.Equals(property.Property.OriginalDefinition, place.Shelf),
        _ => false,
    };

    private static bool IsNull(IOperation? value) => value switch
    {
        IConversionOperation conversion => IsNull(conversion.Operand),
        IDefaultValueOperation => true,
        _ => value?.ConstantValue is { HasValue: true, Value: null },
    };

    private static bool IsZero(IOperation value) => value switch
    {
        IConversionOperation conversion => IsZero(conversion.Operand),
        _ => value.ConstantValue is { HasValue: true, Value: 0 or 0L },
    };

    private static bool Any(IOperation body, System.Func<IOperation, bool> test) => body.DescendantsAndSelf().Any(test);
}
