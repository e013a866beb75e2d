using System.Globalization;

namespace FragGuard.Simulation.Models;

/// <summary>Byte counts as people write them: digits and an optional suffix k, m or g, powers of 1 024.</summary>
public static class ByteCounts
{
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (text.Length == 0)
            return false;
        int shift = char.ToLowerInvariant(text[text.Length - 1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        string digits = shift == 0 ? text : text.Substring(0, text.Length - 1);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            || count > long.MaxValue >> shift)
        {
            return false;
        }

        bytes = count << shift;
        return true;
    }
}
