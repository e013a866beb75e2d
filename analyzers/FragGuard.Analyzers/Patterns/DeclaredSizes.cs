using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Sizes that an attribute <c>(long minBytes, long maxBytes)</c> on a member, parameter or type says of its values.</summary>
internal sealed class DeclaredSizes
{
    private readonly INamedTypeSymbol _attribute;

    public DeclaredSizes(INamedTypeSymbol attribute) => _attribute = attribute;

    /// <summary>Null when nothing is declared, or for a quantity that does not follow from bytes.</summary>
    public IntervalSet? Of(Quantity quantity, IOperation value)
    {
        if (quantity == Quantity.Number || DeclaredBy(value) is not { } bytes)
            return null;
        if (quantity == Quantity.Bytes)
            return IntervalSet.Of(bytes);
        return ElementBytes(value.Type) is { } element and > 0
            ? IntervalSet.Of(new Interval(bytes.Min / element, bytes.Max / element))
            : null;
    }

    /// <summary>What the attribute on the symbol says of it.</summary>
    public Interval? On(ISymbol symbol) => In(symbol.GetAttributes());

    private Interval? DeclaredBy(IOperation value)
    {
        Interval? own = value switch
        {
            IParameterReferenceOperation parameter => On(parameter.Parameter.OriginalDefinition),
            IFieldReferenceOperation field => On(field.Field.OriginalDefinition),
            IPropertyReferenceOperation property => On(property.Property.OriginalDefinition),
            IInvocationOperation call => In(call.TargetMethod.OriginalDefinition.GetReturnTypeAttributes()),
            _ => null,
        };
        return own ?? (value.Type is INamedTypeSymbol type ? On(type.OriginalDefinition) : null);
    }

    private Interval? In(ImmutableArray<AttributeData> attributes)
    {
        AttributeData? declared = attributes.FirstOrDefault(candidate =>
            SymbolEqualityComparer.Default.Equals(candidate.AttributeClass, _attribute));
        return declared is { ConstructorArguments.Length: 2 } && declared.ConstructorArguments[0].Value is long min and >= 0
            && declared.ConstructorArguments[1].Value is long max && max >= min
            ? new Interval(min, max)
            : null;
    }

    private static long? ElementBytes(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => UnmanagedSizes.Of(array.ElementType),
        { SpecialType: SpecialType.System_String } => sizeof(char),
        INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.Length: 1 } task => ElementBytes(task.TypeArguments[0]),
        _ => null,
    };
}
