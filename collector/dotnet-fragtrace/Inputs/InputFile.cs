using System;
using System.IO;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Inputs;

/// <summary>Files the user names to be read; what the system says against them becomes one line.</summary>
internal static class InputFile
{
    /// <summary>Complains of an absent file before anything is written; a pipe is left unread.</summary>
    /// <exception cref="FragTraceException">The file is absent or a directory.</exception>
    public static void Require(string path)
    {
        if (!File.Exists(path))
            Open(path).Dispose();
    }

    /// <exception cref="FragTraceException">The file is absent, a directory or not readable.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot read", path, exception);
        }
    }
}
