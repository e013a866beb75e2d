using System;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>Which type a name of the runtime means.</summary>
internal static class TypeNames
{
    /// <summary>Whether it is this generic type of a namespace, whatever its arguments: full name with arity.</summary>
    public static bool IsGeneric(HeapType type, string definition) =>
        type.Name.StartsWith(definition, StringComparison.Ordinal)
        && type.Name.Length > definition.Length && type.Name[definition.Length] == '[' && !type.IsArray;

    public static bool Is(HeapType type, string name) => string.Equals(type.Name, name, StringComparison.Ordinal);

    /// <summary>Whether the last part of its name, without namespace, types around it and arguments, is this.</summary>
    public static bool IsNamed(HeapType? type, string simpleName) => type is not null && SimpleName(type).SequenceEqual(simpleName);

    /// <summary>Whether it is called like an interface of the base library.</summary>
    public static bool IsLibraryInterface(HeapType type) =>
        type.Name.StartsWith("System.", StringComparison.Ordinal)
        && SimpleName(type) is ['I', var second, ..] && char.IsAsciiLetterUpper(second);

    private static ReadOnlySpan<char> SimpleName(HeapType type)
    {
        ReadOnlySpan<char> name = type.Name;
        int end = name.IndexOfAny('`', '[');
        if (end >= 0)
            name = name[..end];
        return name[(name.LastIndexOfAny('.', '+') + 1)..];
    }
}
