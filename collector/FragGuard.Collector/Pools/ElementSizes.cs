using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Pools;

/// <summary>Sizes of the element types whose name alone tells it.</summary>
internal static class ElementSizes
{
    /// <summary>How the runtime names the type argument of code that all reference types share.</summary>
    public const string SharedReference = "System.__Canon";

    private static readonly Dictionary<string, int> ByName = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = 1,
        ["System.Byte"] = 1,
        ["System.SByte"] = 1,
        ["System.Char"] = 2,
        ["System.Half"] = 2,
        ["System.Int16"] = 2,
        ["System.UInt16"] = 2,
        ["System.Int32"] = 4,
        ["System.Single"] = 4,
        ["System.UInt32"] = 4,
        ["System.Text.Rune"] = 4,
        ["System.DateTime"] = 8,
        ["System.Double"] = 8,
        ["System.Int64"] = 8,
        ["System.TimeSpan"] = 8,
        ["System.UInt64"] = 8,
        ["System.Decimal"] = 16,
        ["System.Guid"] = 16,
        ["System.Int128"] = 16,
        ["System.UInt128"] = 16,
    };

    /// <summary>Bytes of one element; null when the name does not tell.</summary>
    /// <param name="type">Full name, as the runtime writes it.</param>
    /// <param name="pointerBytes">Bytes of a pointer in the recorded process.</param>
    public static int? Of(string type, int pointerBytes)
    {
        if (ByName.TryGetValue(type, out int bytes))
            return bytes;

        return type is SharedReference or "System.Object" or "System.String" or "System.IntPtr" or "System.UIntPtr"
            || type.EndsWith(']')
            ? pointerBytes
            : null;
    }
}
