using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Tells lengths that pools hand out unchanged: powers of two from 16.</summary>
internal static class LengthsOfPools
{
    public static bool IsOne(int? elements) => elements is { } asked && asked == SharedPoolBuckets.ArrayLength(asked);

    /// <summary>True when the length asked for is computed from a power of two or from the length of another rented array.</summary>
    public static bool MayBeOne(IInvocationOperation rent, RentedValues values) =>
        rent.Arguments[0].Value.DescendantsAndSelf().Any(operation => operation switch
        {
            IInvocationOperation call => call.TargetMethod.Name.IndexOf("PowerOf2", StringComparison.Ordinal) >= 0
                || call.TargetMethod.Name.IndexOf("PowerOfTwo", StringComparison.Ordinal) >= 0,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.LeftShift } => true,
            IPropertyReferenceOperation { Property.Name: "Length", Instance: { Type: IArrayTypeSymbol } array } =>
                array is IFieldReferenceOperation or IPropertyReferenceOperation || values.RentsOf(array).Count > 0,
            _ => false,
        });
}
