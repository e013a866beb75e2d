using System;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Which types can keep a reference to a resource, and which are only views of it; here, to an object.</summary>
internal class HeldTypes
{
    /// <summary>The types for a resource that is an array or another object.</summary>
    public static HeldTypes OfObjects { get; } = new();

    /// <summary>True when a reference into the resource, as <c>Unsafe.AsRef</c> makes one, is as good as its address.</summary>
    public virtual bool IsAddress => false;

    /// <summary>True for the wrappers of the runtime library that look into an array and never give it back.</summary>
    public virtual bool IsView(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && NamespaceOf(named) switch
        {
            "System" => named.Name is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment",
            "System.Buffers" => string.Equals(named.Name, "ReadOnlySequence", StringComparison.Ordinal),
            "System.IO" => string.Equals(named.Name, "MemoryStream", StringComparison.Ordinal),
            _ => false,
        };

    /// <summary>True when a value of this type can refer to an array; a plain struct, a string or a bare task cannot.</summary>
    public virtual bool MayHold(ITypeSymbol? type)
    {
        if (type is null)
            return true;
        if (type.IsUnmanagedType || type.SpecialType is SpecialType.System_Void or SpecialType.System_String)
            return false;
        if (type is not INamedTypeSymbol { Name: "Task" or "ValueTask" } task)
            return true;
        if (!string.Equals(NamespaceOf(task), "System.Threading.Tasks", StringComparison.Ordinal))
            return true;
        return task.Arity == 1 && MayHold(task.TypeArguments[0]);
    }

    /// <summary>What a result may still see of a value it was made from; a span never leaves the stack.</summary>
    public Held SeenBy(ITypeSymbol? result, Held source, ITypeSymbol? sourceType)
    {
        if (!source.Any || !MayHold(result))
            return Held.Nothing;
        if (sourceType is { IsRefLikeType: true } && result is { IsRefLikeType: false })
            return Held.Nothing;
        return source.AsView();
    }

    /// <summary>True for a member of the view types that looks further into the same array.</summary>
    public bool IsViewMaker(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type || !IsView(method.ReturnType))
            return false;
        return IsView(type)
            || (string.Equals(type.Name, "MemoryExtensions", StringComparison.Ordinal)
                && string.Equals(NamespaceOf(type), "System", StringComparison.Ordinal));
    }

    /// <summary>True for a parameter that takes the array as just some object, as collections and closures' states do.</summary>
    public static bool IsOpaque(ITypeSymbol type) =>
        type.TypeKind is TypeKind.TypeParameter or TypeKind.Dynamic || type.SpecialType == SpecialType.System_Object;

    /// <summary>True for a method without source that is known to store the argument where it outlives the call.</summary>
    public virtual bool IsKeptBy(IMethodSymbol method, IParameterSymbol parameter) => false;

    /// <summary>True for the methods whose result holds copies of the elements.</summary>
    public virtual bool IsCopyingMethod(IMethodSymbol method) =>
        method.Name is "ToArray" or "ToList" or "ToImmutableArray" or "ToHashSet" or "Clone";

    private static string? NamespaceOf(INamedTypeSymbol type) => type.ContainingNamespace?.ToDisplayString();
}
