using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Tells keys that the program invents as it runs from those it knows beforehand.</summary>
internal static class CacheKeys
{
    /// <summary>
    /// True for a key made from a parameter of a type with many values. Types, enums, flags and constants are as many as
    /// the program has.
    /// </summary>
    /// <param name="countsSmall">Whether an <c>int</c> has many values, rather than being a size or a kind.</param>
    public static bool IsUnbounded(IOperation? key, SizeInference sizes, bool countsSmall)
    {
        while (key is IConversionOperation { OperatorMethod: null } conversion)
            key = conversion.Operand;
        if (key is ILocalReferenceOperation { Local: { } local } && sizes.AssignmentsAround(key).Only(local) is { } initial)
            key = initial;
        return key is { ConstantValue.HasValue: false } && key.DescendantsAndSelf().Any(part =>
            part is IParameterReferenceOperation { Type: { } type } && HasManyValues(type, countsSmall));
    }

    private static bool HasManyValues(ITypeSymbol type, bool countsSmall) => type.SpecialType switch
    {
        SpecialType.System_String or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_DateTime => true,
        SpecialType.System_Int32 or SpecialType.System_UInt32 => countsSmall,
        _ => type.FullName() is "System.Guid" or "System.DateTimeOffset" or "System.Uri",
    };
}
