using System;
using System.IO;
using System.Security;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>What the system says of a path that the user named, as one sentence.</summary>
internal static class FileProblem
{
    public static bool IsAnticipated(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
            or SecurityException;

    public static FragTraceException In(string verb, string path, Exception exception) =>
        new($"{verb} {path}: {Reason(path, exception)}", ExitCode.Arguments, exception);

    private static string Reason(string path, Exception exception) => exception switch
    {
        _ when path.Length == 0 => "the path is empty.",
        _ when Directory.Exists(path) => "it is a directory.",
        FileNotFoundException => "there is no such file.",
        DirectoryNotFoundException => "there is no such directory.",
        UnauthorizedAccessException => "access is denied.",
        _ => exception.Message,
    };
}
