using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace FragGuard.FragTrace.Live;

/// <summary>Numbers as a row of bars, the last one to the right; the largest number is a full bar.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Letters = "_.:-=+*#";

    /// <param name="isUnicode">Whether the terminal shows block characters.</param>
    public static string Of(IEnumerable<long> numbers, int columns, bool isUnicode)
    {
        long[] last = [.. numbers.TakeLast(columns)];
        if (last.Length == 0)
            return "";

        string bars = isUnicode ? Blocks : Letters;
        double largest = last.Max();
        StringBuilder text = new();
        foreach (long number in last)
            text.Append(bars[largest <= 0 || number <= 0 ? 0 : (int)(number / largest * (bars.Length - 1) + 0.5)]);
        return text.ToString();
    }
}
