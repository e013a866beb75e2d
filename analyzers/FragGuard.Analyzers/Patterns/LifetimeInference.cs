using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns;

/// <summary>How long a <c>TimeSpan</c> is, in milliseconds, read from the source. Sound, or silent.</summary>
internal sealed class LifetimeInference
{
    private const int MostHops = 8;

    private readonly SizeInference _numbers;
    private readonly SourceBodies _bodies;
    private readonly CancellationToken _cancellation;

    /// <param name="numbers">Infers the whole numbers in time spans, and follows locals.</param>
    public LifetimeInference(SizeInference numbers, SourceBodies bodies, CancellationToken cancellation)
    {
        _numbers = numbers;
        _bodies = bodies;
        _cancellation = cancellation;
    }

    /// <summary>Null when the source does not bound the time span on both sides, or it is not above 0.</summary>
    public Interval? Of(IOperation span, Frame frame) =>
        Of(span, frame, MostHops) is { IsBounded: true, Min: > 0 } milliseconds ? milliseconds : null;

    private Interval? Of(IOperation span, Frame frame, int hops)
    {
        if (hops == 0)
            return null;
        switch (span)
        {
            case IConversionOperation { OperatorMethod: null } conversion:
                return Of(conversion.Operand, frame, hops - 1);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, frame, hops - 1);
            case ILocalReferenceOperation { Local: { } local }:
                return _numbers.AssignmentsAround(span).Only(local) is { } initial ? Of(initial, frame, hops - 1) : null;
            case IParameterReferenceOperation { Parameter: { } parameter } when frame[parameter] is { } argument:
                return Of(argument.Value, argument.Frame, hops - 1);
            case IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } field }:
                return OfStored(field.OriginalDefinition, hops);
            case IPropertyReferenceOperation { Property: { IsStatic: true, SetMethod: null } property }:
                return OfStored(property.OriginalDefinition, hops);
            case IInvocationOperation call when call.TargetMethod is { IsStatic: true, ContainingType: { Name: "TimeSpan" } type } && IsTimeSpan(type):
                return Sum(call.Arguments.Select(argument => OfArgument(argument, call.TargetMethod.Name, frame)));
            case IObjectCreationOperation { Type: { } created } creation when IsTimeSpan(created):
                return Sum(creation.Arguments.Select(argument => OfArgument(argument, "", frame)));
            default:
                return null;
        }
    }

    /// <summary>A readonly field, or a property that its initializer or its body gives one value.</summary>
    private Interval? OfStored(ISymbol member, int hops)
    {
        if (_bodies.InitializerOf(member, _cancellation) is { } initial)
            return Of(initial, Frame.Entry, hops - 1);
        return member is IPropertySymbol { GetMethod: { } getter } && _bodies.Of(getter, _cancellation) is { } body
            && SourceBodies.ReturnedBy(body) is { Count: 1 } returned
            ? Of(returned[0], Frame.Entry, hops - 1)
            : null;
    }

    private Interval? OfArgument(IArgumentOperation argument, string method, Frame frame)
    {
        string? unit = argument.Parameter?.Name is "value" ? method : argument.Parameter?.Name;
        long? scale = unit switch
        {
            "days" or "FromDays" => 86_400_000,
            "hours" or "FromHours" => 3_600_000,
            "minutes" or "FromMinutes" => 60_000,
            "seconds" or "FromSeconds" => 1_000,
            "milliseconds" or "FromMilliseconds" => 1,
            "microseconds" => 0, // None of them makes a lifetime longer.
            _ => null,
        };
        if (scale is not { } milliseconds)
            return null;
        if (argument.Value.ConstantValue is { HasValue: true, Value: double number })
            return Math.Abs(number) < 1e9 ? new Interval((long)(number * milliseconds), (long)(number * milliseconds)) : null;
        IntervalSet whole = _numbers.Measure(Quantity.Number, Unconverted(argument.Value), frame);
        return whole is { IsKnown: true, IsNothing: false }
            ? whole.Parts[0].Hull(whole.Parts[whole.Parts.Count - 1]).Multiply(new Interval(milliseconds, milliseconds))
            : null;
    }

    /// <summary>The whole number that is widened to the <c>double</c> a time span takes.</summary>
    private static IOperation Unconverted(IOperation value) =>
        value is IConversionOperation { OperatorMethod: null, Type.SpecialType: SpecialType.System_Double } conversion ? conversion.Operand : value;

    private static Interval? Sum(System.Collections.Generic.IEnumerable<Interval?> parts) =>
        parts.Aggregate((Interval?)new Interval(0, 0), (sum, part) => sum is { } left && part is { } right ? left.Add(right) : null);

    private static bool IsTimeSpan(ITypeSymbol type) => type.FullName() is "System.TimeSpan";
}
