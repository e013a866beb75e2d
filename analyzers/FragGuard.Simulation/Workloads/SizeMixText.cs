using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.Simulation.Workloads;

/// <summary>The parts of a size mix on one line: <c>min-max*weight;min-max*weight</c>, invariant, in bytes.</summary>
public static class SizeMixText
{
    public static string Write(IReadOnlyList<SizeMixPart> parts) =>
        string.Join(";", parts.Select(part => string.Format(
            CultureInfo.InvariantCulture, "{0}-{1}*{2:R}", part.MinBytes, part.MaxBytes, part.Weight)));

    /// <summary>False when the text is not what <see cref="Write"/> writes.</summary>
    public static bool TryRead(string text, out IReadOnlyList<SizeMixPart> parts)
    {
        List<SizeMixPart> read = [];
        parts = read;
        foreach (string item in text.Split(';'))
        {
            int dash = item.IndexOf('-');
            int star = item.IndexOf('*');
            if (dash < 0 || star < dash)
                return false;
            if (!TryReadBytes(item.Substring(0, dash), out long min)
                || !TryReadBytes(item.Substring(dash + 1, star - dash - 1), out long max)
                || !double.TryParse(
                    item.Substring(star + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double weight))
            {
                return false;
            }

            if (min > max || double.IsNaN(weight) || double.IsInfinity(weight) || weight <= 0)
                return false;
            read.Add(new SizeMixPart(min, max, weight));
        }

        return read.Count > 0;
    }

    private static bool TryReadBytes(string text, out long bytes) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes);
}
