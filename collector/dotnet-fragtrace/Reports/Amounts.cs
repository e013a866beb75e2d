using System;
using System.Globalization;

namespace FragGuard.FragTrace.Reports;

/// <summary>Amounts as a person reads them: few digits, a unit, and a dash for what is no number.</summary>
internal static class Amounts
{
    private const string NoNumber = "–";

    private static readonly string[] Units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Two or three digits and a binary unit, such as 1.5 MiB.</summary>
    public static string Bytes(double bytes)
    {
        if (!double.IsFinite(bytes))
            return NoNumber;
        if (Math.Abs(bytes) < 1024)
            return Text($"{bytes:0} B");
        int unit = -1;
        while (Math.Abs(bytes) >= 1023.5 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return Math.Abs(bytes) < 99.95 ? Text($"{bytes:0.#} {Units[unit]}") : Text($"{bytes:0} {Units[unit]}");
    }

    /// <summary>Every byte, in groups of three digits.</summary>
    public static string ExactBytes(long bytes) => Text($"{bytes:N0} B");

    /// <summary>A ratio 0..1 as percent; what is not 0 never reads as 0.</summary>
    public static string Percent(double ratio)
    {
        if (!double.IsFinite(ratio))
            return NoNumber;
        return ratio is > 0 and < 0.0005 ? "<0.1 %" : Text($"{ratio * 100:#,0.#} %");
    }

    /// <summary>The difference of two ratios in percentage points.</summary>
    public static string Points(double difference) =>
        Math.Abs(difference) < 0.0005 ? "±0 points" : Text($"{difference * 100:+0.#;−0.#} points");

    /// <summary>A relative change as percent with its sign.</summary>
    public static string Change(double ratio)
    {
        if (!double.IsFinite(ratio))
            return NoNumber;
        return Math.Abs(ratio) < 0.0005 ? "±0 %" : Text($"{ratio * 100:+0.#;−0.#} %");
    }

    public static string Count(long count) => Text($"{count:N0}");

    public static string Gcs(long count) => count == 1 ? "1 GC" : $"{Count(count)} GCs";

    public static string Milliseconds(double milliseconds) => Math.Abs(milliseconds) switch
    {
        double.NaN or double.PositiveInfinity => NoNumber,
        < 10 => Text($"{milliseconds:0.##} ms"),
        < 1000 => Text($"{milliseconds:0} ms"),
        < 120_000 => Text($"{milliseconds / 1000:0.#} s"),
        _ => Text($"{milliseconds / 60_000:#,0.#} min"),
    };

    public static string Number(double number) => Math.Abs(number) switch
    {
        double.NaN or double.PositiveInfinity => NoNumber,
        < 100 => Text($"{number:0.###}"),
        _ => Text($"{number:N0}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
