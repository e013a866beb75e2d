using System.Globalization;

namespace FragGuard.Inspection.Kernel;

/// <summary>The kernel's lists of CPUs, such as 0-3,8 (cpuset(7), List format).</summary>
internal static class CpuList
{
    private const int Most = 1 << 16;

    /// <summary>Number of CPUs in it; 0 when it is no such list.</summary>
    public static int Count(string list)
    {
        int count = 0;
        foreach (string range in list.Trim().Split(','))
        {
            string[] ends = range.Split('-', 2);
            if (!TryParse(ends[0], out int first) || !TryParse(ends[^1], out int last) || last < first || count > Most)
                return 0;
            count += last - first + 1;
        }

        return count;
    }

    private static bool TryParse(string text, out int cpu) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out cpu) && cpu < Most;
}
