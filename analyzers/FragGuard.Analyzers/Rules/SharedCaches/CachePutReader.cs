using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Recognizes the operations that put an entry into a cache. Cheap for all others.</summary>
internal sealed class CachePutReader
{
    public const string AdditionalTypesKey = "fragguard.additional_cache_types";

    private readonly KnownSymbols _symbols;
    private readonly Lazy<INamedTypeSymbol?> _cachedValue;

    public CachePutReader(KnownSymbols symbols)
    {
        _symbols = symbols;
        _cachedValue = new(() => symbols[CacheAnnotations.CachedValue]);
    }

    /// <param name="options">Those of the file, which may name more types that are caches; null for none.</param>
    public CachePut? Read(IOperation operation, ISymbol method, AnalyzerConfigOptions? options = null) => operation switch
    {
        IInvocationOperation call => ReadCall(call, method) ?? ReadAdditional(call, method, options),
        IAssignmentOperation { Target: IPropertyReferenceOperation target } assignment =>
            ReadAssignment(assignment, target, method),
        _ => null,
    };

    /// <summary>The dictionary that loses one entry in this call, or null.</summary>
    public IOperation? ReadRemoval(IInvocationOperation call) =>
        call.TargetMethod.Name is "Remove" or "TryRemove" && IsDictionary(call.TargetMethod.ContainingType)
            ? call.Instance
            : null;

    private CachePut? ReadCall(IInvocationOperation call, ISymbol method)
    {
        IMethodSymbol target = call.TargetMethod;
        if (ReadAnnotated(call, method) is { } annotated)
            return annotated;
        CachePutKind? kind = target.Name switch
        {
            "Set" or "GetOrCreate" or "GetOrCreateAsync"
                when Is(target, "Microsoft.Extensions.Caching.Memory.CacheExtensions") => CachePutKind.Memory,
            "SetValue" when Is(target, "Microsoft.Extensions.Caching.Memory.CacheEntryExtensions") => CachePutKind.Memory,
            "Set" or "SetAsync"
                when Is(target, "Microsoft.Extensions.Caching.Distributed.IDistributedCache")
                || Is(target, "Microsoft.Extensions.Caching.Distributed.DistributedCacheExtensions")
                || Is(target, "Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache") => CachePutKind.Distributed,
            "SetString" or "SetStringAsync"
                when Is(target, "Microsoft.Extensions.Caching.Distributed.DistributedCacheExtensions") =>
                CachePutKind.DistributedText,
            "Add" or "TryAdd" or "GetOrAdd" or "AddOrUpdate" or "TryUpdate"
                when IsDictionary(target.ContainingType) => CachePutKind.Dictionary,
            _ => null,
        };
        if (kind is null)
            return null;
        ImmutableArray<CachePutValue> values = ValuesOf(call);
        IOperation? receiver = call.Instance ?? KnownLengths.Argument(call.Arguments, 0);
        return values.IsEmpty ? null : new(call, receiver, values, kind.Value, method);
    }

    private CachePut? ReadAnnotated(IInvocationOperation call, ISymbol method)
    {
        if (_cachedValue.Value is not { } attribute)
            return null;
        List<CachePutValue>? values = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.OriginalDefinition.GetAttributes() is not { IsEmpty: false } attributes)
                continue;
            if (attributes.Any(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute)))
                (values ??= []).Add(ValueOf(argument));
        }

        if (values is null)
            return null;
        IOperation? receiver = call.Instance
            ?? (call.TargetMethod.IsExtensionMethod ? KnownLengths.Argument(call.Arguments, 0) : null);
        return new(call, receiver, values, CachePutKind.Annotated, method);
    }

    /// <summary>A put into a type that the options call a cache: its parameters named <c>value</c> or <c>…factory</c> become the entry.</summary>
    private CachePut? ReadAdditional(IInvocationOperation call, ISymbol method, AnalyzerConfigOptions? options)
    {
        if (options is null || call is not { Instance: { } receiver, TargetMethod.ContainingType: { } type }
            || call.TargetMethod.Name is not ("Add" or "AddOrUpdate" or "GetOrAdd" or "GetOrCreate" or "GetOrCreateAsync" or "Insert"
                or "Put" or "PutAsync" or "Set" or "SetAsync" or "Store" or "TryAdd")
            || !OptionValues.Names(options, AdditionalTypesKey).Any(name =>
                SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _symbols[name])))
        {
            return null;
        }

        ImmutableArray<CachePutValue> values = ValuesOf(call);
        return values.IsEmpty ? null : new(call, receiver, values, CachePutKind.Annotated, method);
    }

    private static ImmutableArray<CachePutValue> ValuesOf(IInvocationOperation call) => call.Arguments
        .Where(argument => argument.Parameter?.Name is "value" or "newValue" or "addValue" or "factory"
            or "valueFactory" or "addValueFactory" or "updateValueFactory")
        .Select(ValueOf)
        .ToImmutableArray();

    private CachePut? ReadAssignment(IAssignmentOperation assignment, IPropertyReferenceOperation target, ISymbol method)
    {
        if (assignment is not (ISimpleAssignmentOperation or ICoalesceAssignmentOperation))
            return null;
        INamedTypeSymbol? owner = target.Property.ContainingType;
        CachePutKind? kind = target.Property switch
        {
            { IsIndexer: true } when IsDictionary(owner) => CachePutKind.Dictionary,
            { Name: "Value" } when Is(owner, "Microsoft.Extensions.Caching.Memory.ICacheEntry") => CachePutKind.Memory,
            _ => null,
        };
        return kind is null
            ? null
            : new(assignment, target.Instance, [new CachePutValue(assignment.Value, IsFactory: false, Parameter: null)], kind.Value, method);
    }

    private static CachePutValue ValueOf(IArgumentOperation argument) => new(
        argument.Value,
        argument.Parameter?.OriginalDefinition.Type is { TypeKind: TypeKind.Delegate },
        argument.Parameter?.OriginalDefinition);

    private bool Is(IMethodSymbol method, string metadataName) => Is(method.ContainingType, metadataName);

    private bool Is(INamedTypeSymbol? type, string metadataName) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type, _symbols[metadataName]);

    /// <summary>A dictionary whose values are arrays of plain data, or strings.</summary>
    public bool IsDictionary(INamedTypeSymbol? type) =>
        type is { TypeArguments.Length: 2, Name: "Dictionary" or "ConcurrentDictionary" }
        && (Is(type.OriginalDefinition, "System.Collections.Generic.Dictionary`2")
            || Is(type.OriginalDefinition, "System.Collections.Concurrent.ConcurrentDictionary`2"))
        && type.TypeArguments[1] is { } value
        && (value.SpecialType == SpecialType.System_String
            || (value is IArrayTypeSymbol array && UnmanagedSizes.Of(array.ElementType) is not null));
}
