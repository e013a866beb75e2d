using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace FragGuard.Collector.Sessions;

/// <summary>What procfs says of one process. Everything that may not be read is empty.</summary>
/// <param name="StartTicks">Start time in clock ticks since boot: the runtime puts it into the name of its socket.</param>
/// <param name="NamespaceId">Process id in the innermost namespace it lives in.</param>
internal sealed record ProcessEntry(int ProcessId, int ParentId, long StartTicks, int NamespaceId, int UserId, string Name)
{
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int StartField = 19;

    /// <summary>Whether it has ended and only its parent does not know yet.</summary>
    public bool HasEnded { get; private init; }

    private string Root => $"/proc/{ProcessId}/root";

    /// <summary>Null when there is no such process, or no procfs.</summary>
    public static ProcessEntry? TryRead(int processId)
    {
        string stat = ReadText($"/proc/{processId}/stat");
        int nameEnd = stat.LastIndexOf(')');
        int nameStart = stat.IndexOf('(', StringComparison.Ordinal);
        if (nameStart < 0 || nameEnd < nameStart)
            return null;

        string[] fields = stat[(nameEnd + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= StartField)
            return null;

        string status = ReadText($"/proc/{processId}/status");
        return new ProcessEntry(
            processId,
            (int)Number(fields[ParentField]),
            Number(fields[StartField]),
            (int)Number(StatusFields(status, "NSpid").LastOrDefault() ?? ""),
            (int)Number(StatusFields(status, "Uid").FirstOrDefault() ?? ""),
            stat[(nameStart + 1)..nameEnd])
        {
            HasEnded = fields[StateField] is "Z" or "X",
        };
    }

    /// <summary>All processes; none without procfs.</summary>
    public static IEnumerable<ProcessEntry> All()
    {
        if (!OperatingSystem.IsLinux())
            yield break;

        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            bool isProcess = int.TryParse(
                Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int processId);
            if (isProcess && TryRead(processId) is { } entry)
                yield return entry;
        }
    }

    /// <summary>Our path to the file of the program, which leads there even when its name is gone.</summary>
    public string MainModule => $"/proc/{ProcessId}/exe";

    /// <summary>Arguments, the program first.</summary>
    public string[] Arguments() =>
        ReadText($"/proc/{ProcessId}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    public string? MainModulePath()
    {
        try
        {
            return File.ResolveLinkTarget(MainModule, returnFinalTarget: false)?.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The directory the process puts its temporary files in, as we see it.</summary>
    public string TemporaryDirectory()
    {
        string? value = Variable("TMPDIR");
        return AsSeenByUs(string.IsNullOrEmpty(value) ? "/tmp/" : value);
    }

    /// <summary>A variable of the environment that the process was started with; null when it has none of that name.</summary>
    public string? Variable(string name) => ReadText($"/proc/{ProcessId}/environ").Split('\0')
        .FirstOrDefault(entry => entry.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>Our path to what the process calls so.</summary>
    public string AsSeenByUs(string path) => path.StartsWith('/') ? Root + path : $"/proc/{ProcessId}/cwd/{path}";

    private static string[] StatusFields(string status, string name)
    {
        string? line = status.Split('\n').FirstOrDefault(candidate => candidate.StartsWith(name + ":", StringComparison.Ordinal));
        return line is null ? [] : line[(name.Length + 1)..].Split('\t', StringSplitOptions.RemoveEmptyEntries);
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
