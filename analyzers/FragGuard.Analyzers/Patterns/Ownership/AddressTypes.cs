using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Types for a resource that is an address or a handle: integers as wide as one can carry it, and any struct.</summary>
internal sealed class AddressTypes : HeldTypes
{
    private static readonly ImmutableArray<string> KeepingWords = ImmutableArray.Create(
        "add", "async", "attach", "begin", "bind", "close", "create", "delete", "destroy", "dispose", "enqueue", "free", "give",
        "init", "initialize", "install", "insert", "keep", "open", "push", "put", "queue", "register", "release", "set",
        "setopt", "start", "store", "submit", "unref");

    private AddressTypes()
    {
    }

    public static AddressTypes Instance { get; } = new();

    public override bool IsAddress => true;

    public override bool IsView(ITypeSymbol? type) =>
        type is { Name: "UnmanagedMemoryStream", ContainingNamespace.Name: "IO" } || base.IsView(type);

    public override bool MayHold(ITypeSymbol? type) => type switch
    {
        null => true,
        { TypeKind: TypeKind.Enum } => false,
        { SpecialType: SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => true,
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String } => false,
        { IsUnmanagedType: true, SpecialType: not SpecialType.System_Void } => true,
        _ => base.MayHold(type),
    };

    public override bool IsCopyingMethod(IMethodSymbol method) =>
        base.IsCopyingMethod(method)
        || (method.ContainingType?.Name is "Marshal" or "Unsafe" or "MemoryMarshal"
            && (StartsWith(method.Name, "Read") || StartsWith(method.Name, "PtrTo")))
        || string.Equals(method.Name, "ToString", StringComparison.Ordinal);

    public override bool IsKeptBy(IMethodSymbol method, IParameterSymbol parameter) => method.ContainingType?.Name switch
    {
        "Interlocked" or "Volatile" => true,
        "Marshal" => StartsWith(method.Name, "Write") && parameter.Ordinal == method.Parameters.Length - 1,
        _ => IsNative(method) && Words(method.Name).Any(word => KeepingWords.Contains(word, StringComparer.Ordinal)),
    };

    private static bool IsNative(IMethodSymbol method) =>
        method.IsExtern || method.GetAttributes().Any(found => found.AttributeClass?.Name is "LibraryImportAttribute");

    /// <summary>The words of <c>FreeAll</c>, <c>sqlite3_free_table</c> and <c>SDL_SetData</c>, in lower case.</summary>
    private static ImmutableArray<string> Words(string name)
    {
        ImmutableArray<string>.Builder words = ImmutableArray.CreateBuilder<string>();
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            bool ends = i == name.Length || !char.IsLetter(name[i]) || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]));
            if (!ends)
                continue;

            words.Add(name.Substring(start, i - start).ToLowerInvariant());
            start = i < name.Length && !char.IsLetter(name[i]) ? i + 1 : i;
            i = Math.Max(i, start);
        }

        return words.ToImmutable();
    }

    private static bool StartsWith(string name, string verb) => name.StartsWith(verb, StringComparison.Ordinal);
}
