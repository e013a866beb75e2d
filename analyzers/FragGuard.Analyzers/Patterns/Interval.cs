using System;

namespace FragGuard.Analyzers.Patterns;

/// <summary>
/// Whole numbers from Min to Max, both ends included. The ends of <see cref="long"/> stand for "no bound known", and
/// arithmetic that leaves them says so too.
/// </summary>
internal readonly record struct Interval(long Min, long Max)
{
    private const long NoMin = long.MinValue;
    private const long NoMax = long.MaxValue;

    public static Interval Everything { get; } = new(NoMin, NoMax);

    public static Interval NotNegative { get; } = new(0, NoMax);

    public bool IsBounded => Min != NoMin && Max != NoMax;

    public bool Meets(Interval other) => Min <= other.Max && other.Min <= Max;

    public Interval Hull(Interval other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    public Interval AtLeast(long min) => new(Math.Max(Min, min), Math.Max(Max, min));

    public Interval AtMost(long max) => new(Math.Min(Min, max), Math.Min(Max, max));

    public Interval Negate() => new(Max == NoMax ? NoMin : -Max, Min == NoMin ? NoMax : -Min);

    public Interval Add(Interval other) => new(
        Min == NoMin || other.Min == NoMin ? NoMin : Sum(Min, other.Min),
        Max == NoMax || other.Max == NoMax ? NoMax : Sum(Max, other.Max));

    public Interval Subtract(Interval other) => Add(other.Negate());

    public Interval Multiply(Interval other) => AtCorners(other, Product);

    public Interval Divide(Interval other) =>
        other.Min <= 0 && other.Max >= 0 ? Everything : AtCorners(other, (left, right) => left / right);

    /// <summary>The sign follows the dividend, as in C#.</summary>
    public Interval Remainder(Interval other)
    {
        if (!other.IsBounded || (other.Min == 0 && other.Max == 0))
            return Everything;
        long most = Math.Max(Math.Abs(other.Min), Math.Abs(other.Max)) - 1;
        if (Min >= 0 && other.Min > Max)
            return this;
        return new(Min >= 0 ? 0 : Math.Max(Min, -most), Max <= 0 ? 0 : Math.Min(Max, most));
    }

    /// <summary>A bound exists as soon as one side cannot be negative.</summary>
    public Interval And(Interval other)
    {
        if (Min == Max && other.Min == other.Max)
            return new(Min & other.Min, Min & other.Min);
        long max = Math.Min(Min >= 0 ? Max : NoMax, other.Min >= 0 ? other.Max : NoMax);
        return max == NoMax ? Everything : new(0, max);
    }

    public Interval ShiftLeft(Interval count) =>
        count is { Min: >= 0, Max: < 31 } ? Multiply(new(1L << (int)count.Min, 1L << (int)count.Max)) : Everything;

    public Interval ShiftRight(Interval count) =>
        count is { Min: >= 0, Max: < 31 } ? AtCorners(count, (left, right) => left >> (int)right) : Everything;

    private Interval AtCorners(Interval other, Func<long, long, long> operation)
    {
        if (!IsBounded || !other.IsBounded)
            return Everything;
        long a = operation(Min, other.Min);
        long b = operation(Min, other.Max);
        long c = operation(Max, other.Min);
        long d = operation(Max, other.Max);
        return new(Math.Min(Math.Min(a, b), Math.Min(c, d)), Math.Max(Math.Max(a, b), Math.Max(c, d)));
    }

    private static long Sum(long left, long right) =>
        Math.Abs((double)left + right) > 9e18 ? (left > 0 ? NoMax : NoMin) : left + right;

    private static long Product(long left, long right) =>
        Math.Abs((double)left * right) > 9e18 ? (left > 0 == right > 0 ? NoMax : NoMin) : left * right;
}
