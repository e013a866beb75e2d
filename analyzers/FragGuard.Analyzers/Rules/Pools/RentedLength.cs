using System;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>How many elements a call asks a pool for.</summary>
/// <param name="Elements">The number asked for, or the most that may be asked for.</param>
/// <param name="IsExact">False for an upper bound.</param>
internal readonly record struct RentedLength(int Elements, bool IsExact)
{
    /// <summary>The length, or null when the code sets no bound that can be seen.</summary>
    public static RentedLength? From(IOperation length, IOperation body)
    {
        length = AssignedOnce.Resolve(length, body);
        if (length.ConstantValue is { HasValue: true, Value: int elements })
            return new RentedLength(elements, IsExact: true);
        return UpperBound(length, body) is { } bound ? new RentedLength(bound, IsExact: false) : null;
    }

    /// <summary>The length, or null when the code sets no bound that can be seen.</summary>
    /// <param name="length">An expression of the tree as written.</param>
    /// <param name="body">The body around it.</param>
    /// <param name="bodies">The compilation's members, whose readonly fields and constant methods count as known.</param>
    public static RentedLength? From(IOperation length, IOperation body, SourceBodies bodies) =>
        Exact(length, bodies) is { } exact ? new RentedLength(exact, IsExact: true) : From(length, body);

    /// <summary>The length that every run of the code asks for, or null when it varies or is not known.</summary>
    /// <param name="length">An expression of the tree as written.</param>
    /// <param name="bodies">The compilation's members, whose readonly fields and constant methods count as known.</param>
    public static int? Exact(IOperation length, SourceBodies bodies)
    {
        if (length.ConstantValue is { HasValue: true, Value: int constant })
            return constant;
        IntervalSet known = new SizeInference(bodies, CancellationToken.None).Measure(Quantity.Number, length, Frame.Entry);
        return !known.IsNothing && known.Min == known.Max && known.Max is >= 0 and <= int.MaxValue
            ? (int)known.Max
            : null;
    }

    private static int? UpperBound(IOperation length, IOperation body)
    {
        if (length is not IInvocationOperation { TargetMethod: { ContainingType.Name: "Math", IsStatic: true } math } call)
            return null;
        if (math.Name is not ("Min" or "Clamp"))
            return null;

        int? bound = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (string.Equals(math.Name, "Clamp", StringComparison.Ordinal) && argument.Parameter?.Ordinal != 2)
                continue;
            if (AssignedOnce.Resolve(argument.Value, body).ConstantValue is { HasValue: true, Value: int constant })
                bound = Math.Min(constant, bound ?? constant);
        }

        return bound;
    }
}
