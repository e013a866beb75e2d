using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>
/// Recognizes values that were there before the put: one placeholder in a field may be the value of many entries, so its
/// size says nothing of the blocks that come and go.
/// </summary>
internal static class SharedBlocks
{
    private const int MostHops = 8;

    /// <summary>True for a value, or a factory's result, that is a field or a property with a field behind it.</summary>
    public static bool IsShared(IOperation? value, SizeInference sizes, Frame frame)
    {
        for (int hops = 0; hops < MostHops; hops++)
        {
            switch (value)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    value = parenthesized.Operand;
                    break;
                case ILocalReferenceOperation { Local: { } local }:
                    value = sizes.AssignmentsAround(value).Only(local);
                    break;
                case IParameterReferenceOperation { Parameter: { } parameter } when frame[parameter] is { } argument:
                    (value, frame) = (argument.Value, argument.Frame);
                    break;
                case IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }:
                    return SourceBodies.ReturnedBy(lambda.Body) is { Count: > 0 } results
                        && results.All(result => IsShared(result, sizes, frame));
                case IFieldReferenceOperation { Type.IsReferenceType: true }:
                    return true;
                case IPropertyReferenceOperation { Type.IsReferenceType: true, Property: { } property }:
                    return IsAutomatic(property);
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsAutomatic(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field =>
            SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property.OriginalDefinition)
            || SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}
