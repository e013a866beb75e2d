using System;
using System.Globalization;
using System.IO;
using FragGuard.FragTrace.Building;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Commands;

/// <summary>Where a <c>run</c> puts what it makes.</summary>
/// <param name="Page">The HTML report.</param>
/// <param name="Recording">The .nettrace, beside the page under the same name.</param>
internal sealed record RunFiles(string Page, string Recording)
{
    private const string RecordingExtension = ".nettrace";

    /// <summary>Both paths, found writable; nothing is left there yet but the page's folder.</summary>
    /// <exception cref="FragTraceException">One of them cannot be written.</exception>
    public static RunFiles Of(ProgramSource source, string? output)
    {
        string stem = Path.GetFileNameWithoutExtension(source.Path)
            + DateTime.Now.ToString("'_'yyyyMMdd'_'HHmmss", CultureInfo.InvariantCulture);
        string page = output ?? stem + ".html";
        string recording = IsDevice(page) ? stem + RecordingExtension : Path.ChangeExtension(page, RecordingExtension);
        if (string.Equals(page, recording, StringComparison.OrdinalIgnoreCase))
        {
            throw new FragTraceException(
                $"-o {page} names the report; the recording stands beside it as {RecordingExtension}.", ExitCode.Arguments);
        }

        if (Path.GetDirectoryName(page) is { Length: > 0 } directory)
            CreateDirectory(directory);
        OutputFile.RequireWritable(page, source.Path);
        OutputFile.RequireWritable(recording, source.Path);
        return new RunFiles(page, recording);
    }

    /// <summary>A device takes the page, but no file stands beside it.</summary>
    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static void CreateDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot create", directory, exception);
        }
    }
}
