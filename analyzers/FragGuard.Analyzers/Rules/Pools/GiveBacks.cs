using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Reads from one operation whether it gives a growable object back, as far as one operation can tell.</summary>
internal sealed class GiveBacks
{
    private readonly Growables _growables;
    private readonly KnownSymbols _symbols;
    private readonly INamedTypeSymbol? _policy;

    public GiveBacks(Growables growables, KnownSymbols symbols)
    {
        _growables = growables;
        _symbols = symbols;
        _policy = symbols["Microsoft.Extensions.ObjectPool.IPooledObjectPolicy`1"];
    }

    /// <summary>A call or a store that keeps an object in a collection, a static field, or a pool that an option names.</summary>
    public GiveBack? Read(IOperation operation, ImmutableArray<string> additionalPools) => operation switch
    {
        IInvocationOperation call => OfCollection(call) ?? OfExchange(call) ?? OfAdditionalPool(call, additionalPools),
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: { IsStatic: true } field } } store =>
            OfField(store, field, store.Value),
        _ => null,
    };

    /// <summary>True for a method that may be the return of a policy, public or implemented explicitly.</summary>
    public bool IsPolicy(ISymbol member) =>
        _policy is not null && member is IMethodSymbol { Parameters.Length: 1 } method && IsReturn(method);

    /// <summary>The constant <c>true</c> with which a policy keeps whatever it gets.</summary>
    public GiveBack? ReadPolicy(IOperation body, IMethodSymbol method)
    {
        if (_policy is null
            || method is not { Parameters.Length: 1, ReturnType.SpecialType: SpecialType.System_Boolean }
            || !IsReturn(method)
            || _growables.Of(method.Parameters[0].Type) is not { } growable
            || !method.ContainingType.AllInterfaces.Any(type =>
                SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _policy)))
        {
            return null;
        }

        IOperation? kept = SourceBodies.ReturnedBy(body)?
            .Where(value => value.ConstantValue is { HasValue: true, Value: true })
            .OrderBy(value => value.Syntax.SpanStart)
            .FirstOrDefault();
        return kept is null ? null : new(kept, method.Parameters[0], growable, Shelf: null, method.ContainingType.Name);
    }

    /// <summary>A pool of growable objects made with the library's default policy, which keeps every object as it is.</summary>
    public GiveBack? ReadCreation(IOperation creation, INamedTypeSymbol pool)
    {
        ImmutableArray<IArgumentOperation> arguments = creation switch
        {
            IInvocationOperation { TargetMethod.Name: "Create" } call => call.Arguments,
            IObjectCreationOperation { Type.Name: "DefaultObjectPool" } made => made.Arguments,
            _ => default,
        };
        return !arguments.IsDefault
            && pool is { TypeArguments.Length: 1, ContainingNamespace.Name: "ObjectPool" }
            && _growables.Of(pool.TypeArguments[0]) is { } growable
            && arguments.All(argument => IsDefaultPolicy(argument.Value))
                ? new(creation, Variable: null, growable, Shelf: null, "DefaultPooledObjectPolicy")
                : null;
    }

    private bool IsReturn(IMethodSymbol method) =>
        method.Name is "Return"
        || method.ExplicitInterfaceImplementations.Any(implemented => implemented.Name is "Return"
            && SymbolEqualityComparer.Default.Equals(implemented.ContainingType.OriginalDefinition, _policy));

    private static bool IsDefaultPolicy(IOperation value) => value switch
    {
        IConversionOperation conversion => IsDefaultPolicy(conversion.Operand),
        IObjectCreationOperation { Type.Name: "DefaultPooledObjectPolicy" } => true,
        { ConstantValue.HasValue: true } or IDefaultValueOperation => true,
        _ => false,
    };

    private GiveBack? OfCollection(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("Add" or "Push" or "Enqueue" or "TryAdd")
            || call.Arguments.Length != 1
            || call.Instance is not (IFieldReferenceOperation or IPropertyReferenceOperation)
            || call.TargetMethod.ContainingType.FullName() is not (
                "System.Collections.Concurrent.ConcurrentBag" or "System.Collections.Concurrent.ConcurrentStack"
                or "System.Collections.Concurrent.ConcurrentQueue" or "System.Collections.Generic.Stack"
                or "System.Collections.Generic.Queue" or "System.Collections.Concurrent.BlockingCollection"))
        {
            return null;
        }

        ISymbol shelf = call.Instance is IFieldReferenceOperation field ? field.Field : ((IPropertyReferenceOperation)call.Instance).Property;
        return Of(call, shelf, call.Arguments[0].Value);
    }

    /// <summary><c>Interlocked.Exchange(ref s_cached, value)</c>, <c>CompareExchange</c> and <c>Volatile.Write</c>.</summary>
    private GiveBack? OfExchange(IInvocationOperation call) =>
        call.TargetMethod is { Name: "Exchange" or "CompareExchange" or "Write", IsStatic: true }
        && call.TargetMethod.FullName() is "System.Threading.Interlocked.Exchange" or "System.Threading.Interlocked.CompareExchange"
            or "System.Threading.Volatile.Write"
        && KnownLengths.Argument(call.Arguments, 0) is IFieldReferenceOperation { Field: { IsStatic: true } field }
        && KnownLengths.Argument(call.Arguments, 1) is { } value
            ? OfField(call, field, value)
            : null;

    private GiveBack? OfAdditionalPool(IInvocationOperation call, ImmutableArray<string> additionalPools) =>
        !additionalPools.IsEmpty
        && call.TargetMethod.Name is "Return" or "Free" or "Release" or "GiveBack" or "Put" or "Push" or "Add"
        && call.Arguments.Length == 1
        && additionalPools.Any(name => SymbolEqualityComparer.Default.Equals(
            call.TargetMethod.ContainingType.OriginalDefinition, _symbols[name]))
        && _growables.Of(Unconverted(call.Arguments[0].Value).Type) is { } growable
            ? new(call, VariableOf(call.Arguments[0].Value), growable, Shelf: null, call.TargetMethod.ContainingType.Name)
            : null;

    private GiveBack? OfField(IOperation store, IFieldSymbol field, IOperation value) =>
        field.IsReadOnly ? null : Of(store, field, value);

    private GiveBack? Of(IOperation operation, ISymbol shelf, IOperation value) =>
        VariableOf(value) is { } variable && _growables.Of(Unconverted(value).Type) is { } growable
            ? new(operation, variable, growable, shelf.OriginalDefinition, shelf.Name)
            : null;

    private static ISymbol? VariableOf(IOperation value) => Unconverted(value) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static IOperation Unconverted(IOperation value) =>
        value is IConversionOperation { OperatorMethod: null } conversion ? Unconverted(conversion.Operand) : value;
}
