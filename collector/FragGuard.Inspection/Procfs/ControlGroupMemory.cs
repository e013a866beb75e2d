using System;
using System.Globalization;
using System.IO;

namespace FragGuard.Inspection.Procfs;

/// <summary>The lowest memory limit of the control groups a process is in (cgroups(7)).</summary>
/// <param name="UsedBytes">What all processes of that group use, page cache included.</param>
public sealed record ControlGroupMemory(long LimitBytes, long UsedBytes)
{
    /// <summary>Of what is used, pages of files that were not needed for long: the kernel takes them back before the limit is met.</summary>
    public long InactiveFileBytes { get; init; }

    /// <summary>What is used without them.</summary>
    public long HeldBytes => Math.Max(0, UsedBytes - InactiveFileBytes);

    private const string Root = "/sys/fs/cgroup";
    private const int MostDepth = 64;
    private const int MostStatistics = 1 << 16;

    /// <summary>The kernel's word for no limit in version 1: the largest number of whole pages.</summary>
    private const long NoLimit = (long.MaxValue / 65536 * 65536) - 65536;

    /// <summary>Null when there is no limit, or none that can be read from here.</summary>
    /// <param name="membership">Text of <c>/proc/pid/cgroup</c>.</param>
    public static ControlGroupMemory? Find(string membership) => Find(membership, Root);

    internal static ControlGroupMemory? Find(string membership, string root)
    {
        ControlGroupMemory? lowest = null;
        foreach (string line in membership.Split('\n'))
        {
            string[] fields = line.Split(':', 3);
            if (fields.Length < 3)
                continue;
            ControlGroupMemory? found = null;
            if (fields[0] is "0" && fields[1].Length == 0)
                found = Lowest(root, fields[2], "memory.max", "memory.current", "inactive_file");
            else if (Array.IndexOf(fields[1].Split(','), "memory") >= 0)
                found = Lowest(Path.Combine(root, "memory"), fields[2], "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
            if (found is not null && (lowest is null || found.LimitBytes < lowest.LimitBytes))
                lowest = found;
        }

        return lowest;
    }

    // A path with ".." lies outside the reader's own namespace of groups: there is nothing to see from here.
    private static ControlGroupMemory? Lowest(string mount, string group, string limitFile, string usageFile, string inactive)
    {
        if (!group.StartsWith('/') || Array.IndexOf(group.Split('/'), "..") >= 0)
            return null;

        ControlGroupMemory? lowest = null;
        string rest = group.TrimEnd('/');
        for (int depth = 0; depth < MostDepth; depth++)
        {
            string folder = mount + rest;
            if (Number(Path.Combine(folder, limitFile)) is { } limit && limit < NoLimit && (lowest is null || limit < lowest.LimitBytes))
            {
                lowest = new ControlGroupMemory(limit, Number(Path.Combine(folder, usageFile)) ?? 0)
                {
                    InactiveFileBytes = Statistic(Path.Combine(folder, "memory.stat"), inactive),
                };
            }

            if (rest.Length == 0)
                break;
            rest = rest[..Math.Max(0, rest.LastIndexOf('/'))];
        }

        return lowest;
    }

    private static long? Number(string file) => Parse(ProcFile.TryReadText(file, 64));

    /// <summary>0 when the file does not tell.</summary>
    private static long Statistic(string file, string name)
    {
        string start = name + " ";
        string? line = Array.Find((ProcFile.TryReadText(file, MostStatistics) ?? "").Split('\n'), line => line.StartsWith(start, StringComparison.Ordinal));
        return Parse(line?[start.Length..]) ?? 0;
    }

    private static long? Parse(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
