using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Finds where the memory cache that an expression means was made, and with which options.</summary>
internal sealed class MemoryCacheOrigins
{
    private const string Namespace = "Microsoft.Extensions.Caching.Memory.";

    private readonly SourceBodies _bodies;
    private readonly SizeInference _sizes;
    private readonly CancellationToken _cancellation;

    public MemoryCacheOrigins(SourceBodies bodies, SizeInference sizes, CancellationToken cancellation)
    {
        _bodies = bodies;
        _sizes = sizes;
        _cancellation = cancellation;
    }

    /// <param name="receiver">An expression of a memory cache's type.</param>
    /// <param name="cache">What <see cref="CacheReference"/> makes of it.</param>
    public MemoryCacheOrigin Of(IOperation receiver, ISymbol cache)
    {
        switch (cache)
        {
            case ILocalSymbol local when Around(receiver).Only(local) is { } value:
                return OfValue(value);
            case IParameterSymbol parameter:
                return OfParameter(parameter);
            case IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true }, IsVirtual: false, IsAbstract: false, IsOverride: false }:
                return OfMember(cache);
            default:
                return MemoryCacheOrigin.Unknown;
        }
    }

    private Assignments Around(IOperation operation) => _sizes.AssignmentsAround(operation);

    private static MemoryCacheOrigin OfParameter(IParameterSymbol parameter) =>
        parameter is { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }
        && parameter.Type.FullName() is Namespace + "IMemoryCache"
            ? MemoryCacheOrigin.Injected
            : MemoryCacheOrigin.Unknown;

    private MemoryCacheOrigin OfMember(ISymbol member)
    {
        List<IOperation> values = [];
        if (_bodies.InitializerOf(member, _cancellation) is { } initializer)
            values.Add(initializer);
        foreach (IMethodSymbol setter in SourceBodies.SettersOf(member.ContainingType))
        {
            if (_bodies.Of(setter, _cancellation) is not { } body)
                continue;
            if (Around(body).Of(member) is not { } sources)
                return MemoryCacheOrigin.Unknown;
            values.AddRange(sources.Select(source => source.Operation));
        }

        MemoryCacheOrigin[] origins = [.. values.Select(OfValue).Distinct()];
        return origins.Length == 1 ? origins[0] : MemoryCacheOrigin.Unknown;
    }

    private MemoryCacheOrigin OfValue(IOperation value)
    {
        switch (value)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return OfValue(conversion.Operand);
            case ICoalesceOperation { WhenNull: IThrowOperation or IConversionOperation { Operand: IThrowOperation } } guarded:
                return OfValue(guarded.Value);
            case IParameterReferenceOperation { Parameter: { } parameter }:
                return OfParameter(parameter);
            case IObjectCreationOperation creation when creation.Type?.FullName() is Namespace + "MemoryCache":
                return KnownLengths.Argument(creation.Arguments, 0) is { } options ? OfOptions(options) : MemoryCacheOrigin.Unknown;
            case IInvocationOperation { TargetMethod: { Name: "GetRequiredService" or "GetService", TypeArguments: { Length: 1 } services } }
                when services[0].FullName() is Namespace + "IMemoryCache":
                return MemoryCacheOrigin.Injected;
            default:
                return MemoryCacheOrigin.Unknown;
        }
    }

    private MemoryCacheOrigin OfOptions(IOperation options)
    {
        switch (options)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return OfOptions(conversion.Operand);
            case IInvocationOperation call when call.TargetMethod.FullName() is "Microsoft.Extensions.Options.Options.Create"
                && KnownLengths.Argument(call.Arguments, 0) is { } wrapped:
                return OfOptions(wrapped);
            case IObjectCreationOperation creation when creation.Type?.FullName() is Namespace + "MemoryCacheOptions":
                return creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().FirstOrDefault(IsLimit) is { } limit
                    ? OfLimit(limit)
                    : MemoryCacheOrigin.Unlimited;
            case ILocalReferenceOperation { Local: { } local } when Around(options).Only(local) is { } initial:
                return OfLocal(local, options, OfOptions(initial));
            default:
                return MemoryCacheOrigin.Unknown;
        }
    }

    /// <summary>What the statements around make of the options that a local holds.</summary>
    private static MemoryCacheOrigin OfLocal(ILocalSymbol local, IOperation use, MemoryCacheOrigin initial)
    {
        IOperation root = use;
        while (root.Parent is { } parent)
            root = parent;
        foreach (ILocalReferenceOperation reference in LocalReferences.In(root).To(local))
        {
            if (reference.Syntax == use.Syntax)
                continue;
            if (reference.Parent is not IPropertyReferenceOperation property)
                return MemoryCacheOrigin.Unknown;
            if (property.Property.Name is not "SizeLimit" || property.Parent is not IAssignmentOperation assignment || assignment.Target != property)
                continue;
            if (assignment is not ISimpleAssignmentOperation limit || initial is MemoryCacheOrigin.Limited)
                return MemoryCacheOrigin.Unknown;
            initial = OfLimit(limit);
        }

        return initial;
    }

    /// <summary>True for a store into a memory cache's <c>SizeLimit</c>.</summary>
    public static bool IsLimit(ISimpleAssignmentOperation assignment) =>
        assignment.Target is IPropertyReferenceOperation { Property: { Name: "SizeLimit", ContainingType: { } options } }
        && options.FullName() is Namespace + "MemoryCacheOptions";

    /// <summary>Only a number that is at hand is certain to be a limit.</summary>
    public static MemoryCacheOrigin OfLimit(ISimpleAssignmentOperation limit)
    {
        IOperation value = limit.Value;
        while (value is IConversionOperation { OperatorMethod: null } conversion)
            value = conversion.Operand;
        if (value.ConstantValue is { HasValue: true, Value: null })
            return MemoryCacheOrigin.Unlimited;
        return value.ConstantValue.HasValue || value.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
            ? MemoryCacheOrigin.Limited
            : MemoryCacheOrigin.Unknown;
    }
}
