using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>
/// The number that a request passes, before it is converted to the parameter's type: a conversion to an unsigned type would
/// give <c>Math.Min(n, limit)</c> a lower end, though a limit is no size.
/// </summary>
internal static class RequestedNumber
{
    public static IntervalSet Measure(IOperation requested, SizeInference sizes)
    {
        while (requested is IConversionOperation { OperatorMethod: null } conversion
            && NumericTypes.RangeOf(conversion.Operand.Type) is not null)
        {
            requested = conversion.Operand;
        }

        return sizes.Measure(Quantity.Number, requested, Frame.Entry);
    }
}
