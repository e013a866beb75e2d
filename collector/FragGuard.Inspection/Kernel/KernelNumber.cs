using System;
using System.Globalization;

namespace FragGuard.Inspection.Kernel;

/// <summary>Numbers in the kernel's texts: decimal, without sign, small enough that sums of many do not overflow.</summary>
internal static class KernelNumber
{
    /// <summary>2^53: more bytes than any machine holds, and whole in every number format.</summary>
    public const long Most = 1L << 53;

    /// <summary>False when it is no number or one beyond <see cref="Most"/>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= Most;

    /// <exception cref="FormatException">It is no number, or one beyond <paramref name="most"/>.</exception>
    public static long Parse(string text, long most = Most) =>
        TryParse(text, out long number) && number <= most
            ? number
            : throw new FormatException($"Not a number that can be: {KernelWords.Cut(text)}");
}
