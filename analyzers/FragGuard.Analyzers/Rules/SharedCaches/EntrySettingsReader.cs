using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>
/// Reads what a put says of its entry: arguments, an options object, or what is done to the entry while it is made. An
/// options object or entry that goes where it cannot be followed makes the settings incomplete.
/// </summary>
internal sealed class EntrySettingsReader
{
    private const int MostHops = 12;

    private readonly SourceBodies _bodies;
    private readonly SizeInference _sizes;
    private readonly CancellationToken _cancellation;
    private int _hops;

    public EntrySettingsReader(SourceBodies bodies, SizeInference sizes, CancellationToken cancellation)
    {
        _bodies = bodies;
        _sizes = sizes;
        _cancellation = cancellation;
    }

    /// <param name="put">A call that puts an entry, or <c>CreateEntry</c>.</param>
    public EntrySettings Read(IInvocationOperation put)
    {
        EntrySettings settings = new();
        _hops = MostHops;
        if (put.TargetMethod.Name is "CreateEntry")
        {
            Follow(put, settings);
            return settings;
        }

        foreach (IArgumentOperation argument in put.Arguments)
            Read(argument, settings);
        return settings;
    }

    private void Read(IArgumentOperation argument, EntrySettings settings)
    {
        switch (argument.Parameter?.Name)
        {
            case "options" or "createOptions":
                ReadOptions(argument.Value, settings);
                break;
            case "absoluteExpirationRelativeToNow" or "absoluteExpiration" or "expirationToken":
                settings.TryAdd(argument.Parameter.Name, argument.Value);
                break;
            case "factory" when argument.Parameter.Type is INamedTypeSymbol { TypeArguments: { Length: > 1 } types } && types[0].Name is "ICacheEntry":
                ReadFactory(argument.Value, settings);
                break;
        }
    }

    private void ReadFactory(IOperation factory, EntrySettings settings)
    {
        while (factory is IConversionOperation or IDelegateCreationOperation)
            factory = factory is IDelegateCreationOperation creation ? creation.Target : ((IConversionOperation)factory).Operand;
        if (factory is IAnonymousFunctionOperation { Symbol.Parameters.Length: 1 } lambda)
            FollowAll(lambda.Symbol.Parameters[0], lambda.Body, settings);
        else if (factory is IMethodReferenceOperation { IsVirtual: false, Method.OriginalDefinition: { Parameters.Length: 1 } method }
            && _bodies.Of(method, _cancellation) is { } body)
            FollowAll(method.Parameters[0], body, settings);
        else
            settings.Hide();
    }

    private void ReadOptions(IOperation options, EntrySettings settings)
    {
        if (--_hops < 0)
        {
            settings.Hide();
            return;
        }

        switch (options)
        {
            case { ConstantValue: { HasValue: true, Value: null } }:
                break;
            case IConversionOperation { OperatorMethod: null } conversion:
                ReadOptions(conversion.Operand, settings);
                break;
            case IObjectCreationOperation { Arguments.IsEmpty: true } creation when EntryApi.IsOptions(creation.Type):
                ReadInitializer(creation.Initializer, settings);
                break;
            case IInvocationOperation call when EntryApi.IsFluent(call.TargetMethod) && KnownLengths.Argument(call.Arguments, 0) is { } inner:
                ReadFluent(call, settings);
                ReadOptions(inner, settings);
                break;
            case IInvocationOperation { IsVirtual: false } call when _bodies.Of(call.TargetMethod.OriginalDefinition, _cancellation) is { } body
                && SourceBodies.ReturnedBy(body) is { Count: 1 } returned:
                ReadOptions(returned[0], settings);
                break;
            case ILocalReferenceOperation { Local: { } local } when _sizes.AssignmentsAround(options).Only(local) is { } initial:
                ReadOptions(initial, settings);
                FollowAll(local, Root(options), settings);
                break;
            case IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private } field }:
                ReadMember(field.OriginalDefinition, settings);
                break;
            default:
                settings.Hide();
                break;
        }
    }

    private void ReadMember(IFieldSymbol field, EntrySettings settings)
    {
        bool isTouched = SourceBodies.SettersOf(field.ContainingType)
            .Select(setter => _bodies.Of(setter, _cancellation))
            .Any(body => body is not null && body.Descendants().Any(found => found is IFieldReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Field.OriginalDefinition, field)));
        if (!isTouched && _bodies.InitializerOf(field, _cancellation) is { } initial)
            ReadOptions(initial, settings);
        else
            settings.Hide();
    }

    private static void ReadInitializer(IObjectOrCollectionInitializerOperation? initializer, EntrySettings settings)
    {
        foreach (IOperation part in initializer?.Initializers ?? [])
        {
            (IOperation target, IOperation value) = part switch
            {
                ISimpleAssignmentOperation assignment => (assignment.Target, assignment.Value),
                IMemberInitializerOperation member => (member.InitializedMember, (IOperation)member.Initializer),
                _ => (part, part),
            };
            if (target is not IPropertyReferenceOperation { Property.Name: { } name } || !settings.TryAdd(name, value))
                settings.Hide();
        }
    }

    private static void ReadFluent(IInvocationOperation call, EntrySettings settings)
    {
        if (KnownLengths.Argument(call.Arguments, 1) is not { } value || !settings.TryAdd(call.TargetMethod.Name, value))
            settings.Hide();
    }

    private void FollowAll(ISymbol handle, IOperation root, EntrySettings settings)
    {
        foreach (IOperation operation in root.Descendants())
        {
            bool isHandle = operation switch
            {
                ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, handle),
                IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter.OriginalDefinition, handle.OriginalDefinition),
                _ => false,
            };
            if (isHandle)
                Follow(operation, settings);
        }
    }

    /// <summary>What is done to the entry or the options that the operation is, up to the end of its statement.</summary>
    private void Follow(IOperation handle, EntrySettings settings)
    {
        while (true)
        {
            switch (handle.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    handle = handle.Parent;
                    continue;
                case IPropertyReferenceOperation property when property.Instance == handle:
                    FollowProperty(property, settings);
                    return;
                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    if (EntryApi.IsFluent(call.TargetMethod) && argument.Parameter?.Ordinal == 0)
                    {
                        ReadFluent(call, settings);
                        handle = call;
                        continue;
                    }

                    if (argument.Parameter?.Name is not ("options" or "createOptions") || !EntryApi.IsPut(call.TargetMethod))
                        settings.Hide();
                    return;
                case IInvocationOperation { TargetMethod.Name: "Dispose" }:
                case IExpressionStatementOperation or IUsingOperation:
                    return;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { } local } } when handle is not ILocalReferenceOperation && --_hops >= 0:
                    FollowAll(local, Root(handle), settings);
                    return;
                default:
                    settings.Hide();
                    return;
            }
        }
    }

    private static void FollowProperty(IPropertyReferenceOperation property, EntrySettings settings)
    {
        switch (property.Parent)
        {
            case ISimpleAssignmentOperation assignment when assignment.Target == property:
                if (!settings.TryAdd(property.Property.Name, assignment.Value))
                    settings.Hide();
                break;
            case IInvocationOperation { TargetMethod.Name: "Add" } call when call.Instance == property:
                if (!settings.TryAdd(property.Property.Name, call))
                    settings.Hide();
                break;
            case ICompoundAssignmentOperation or ICoalesceAssignmentOperation or ITupleOperation:
                settings.Hide();
                break;
        }
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }
}
