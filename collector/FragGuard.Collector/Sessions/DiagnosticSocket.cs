using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace FragGuard.Collector.Sessions;

/// <summary>A socket or pipe a runtime listens on, as its name tells: dotnet-diagnostic-{pid}-{key}-socket.</summary>
/// <param name="ProcessId">Id in the namespace of the process.</param>
/// <param name="Key">Start time of the process, or 0 when the name has none.</param>
/// <param name="Address">Path of the socket, or name of the pipe.</param>
internal sealed record DiagnosticSocket(int ProcessId, long Key, string Address)
{
    private const string Prefix = "dotnet-diagnostic-";
    private const string Suffix = "-socket";

    /// <summary>Those in a directory; none when it cannot be listed.</summary>
    public static IReadOnlyList<DiagnosticSocket> In(string directory)
    {
        List<DiagnosticSocket> found = [];
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(directory, Prefix + "*"))
            {
                if (TryParse(path) is { } socket)
                    found.Add(socket);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return found;
        }

        return found;
    }

    internal static DiagnosticSocket? TryParse(string path)
    {
        string name = Path.GetFileName(path);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            return null;

        string[] parts = name[Prefix.Length..].Split('-');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int processId))
            return null;

        // Pipes on Windows have neither key nor suffix.
        if (parts.Length == 1)
            return new DiagnosticSocket(processId, Key: 0, name);
        if (!name.EndsWith(Suffix, StringComparison.Ordinal))
            return null;

        return long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long key)
            ? new DiagnosticSocket(processId, key, path)
            : null;
    }
}
