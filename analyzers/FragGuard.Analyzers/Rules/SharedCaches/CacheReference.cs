using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The symbol that a receiver expression means.</summary>
internal static class CacheReference
{
    private const int MostHops = 8;

    /// <summary>Null for what has no name of its own, such as an element of an array of caches.</summary>
    public static ISymbol? Resolve(IOperation? receiver, SizeInference sizes, Frame frame)
    {
        for (int hops = 0; hops < MostHops; hops++)
        {
            switch (receiver)
            {
                case IFieldReferenceOperation field:
                    return field.Field.OriginalDefinition;
                case IPropertyReferenceOperation { Property.IsIndexer: false } property:
                    return property.Property.OriginalDefinition;
                case IInstanceReferenceOperation instance:
                    return instance.Type?.OriginalDefinition;
                case ILocalReferenceOperation { Local: { } local }:
                    if (sizes.AssignmentsAround(receiver).Only(local) is not { } alias || !Leads(alias))
                        return local;
                    receiver = alias;
                    break;
                case IParameterReferenceOperation { Parameter: { } parameter }:
                    if (frame[parameter] is not { } argument)
                        return parameter.OriginalDefinition;
                    (receiver, frame) = (argument.Value, argument.Frame);
                    break;
                case IParenthesizedOperation parenthesized:
                    receiver = parenthesized.Operand;
                    break;
                case IConversionOperation conversion:
                    receiver = conversion.Operand;
                    break;
                case IConditionalAccessInstanceOperation access:
                    receiver = SizeInference.AccessedBy(access);
                    break;
                case IInvocationOperation { TargetMethod.Name: "CreateEntry", Instance: { } cache }:
                    receiver = cache;
                    break;
                case IInvocationOperation { TargetMethod.ContainingType.Name: "CacheEntryExtensions" } fluent:
                    receiver = KnownLengths.Argument(fluent.Arguments, 0);
                    break;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>An alias of another name, rather than a cache that the local itself stands for.</summary>
    private static bool Leads(IOperation value) => value switch
    {
        IConversionOperation conversion => Leads(conversion.Operand),
        IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation
            or IParameterReferenceOperation or IConditionalAccessInstanceOperation => true,
        IInvocationOperation call => call.TargetMethod.Name is "CreateEntry"
            || call.TargetMethod.ContainingType?.Name is "CacheEntryExtensions",
        _ => false,
    };
}
