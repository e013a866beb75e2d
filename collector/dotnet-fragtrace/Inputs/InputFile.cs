using System;
using System.IO;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Inputs;

/// <summary>Files the user names to be read; what the system says against them becomes one line.</summary>
internal static class InputFile
{
    private const int ChunkBytes = 1 << 16;

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
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ChunkBytes);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot read", path, exception);
        }
    }

    /// <summary>All bytes of a file that has a bound, from its beginning. Devices have no length, and may have no end.</summary>
    /// <exception cref="FragTraceException">The file is absent, a directory, not readable or larger than that.</exception>
    public static MemoryStream ReadWhole(string path, int mostMiB)
    {
        using FileStream file = Open(path);
        MemoryStream whole = new();
        byte[] chunk = new byte[ChunkBytes];
        try
        {
            for (int read = file.Read(chunk); read > 0; read = file.Read(chunk))
            {
                if (whole.Length + read > (long)mostMiB << 20)
                    throw new FragTraceException($"{path}: it is larger than {mostMiB} MiB, and no more is read of such a file.", ExitCode.Arguments);
                whole.Write(chunk, 0, read);
            }
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot read", path, exception);
        }

        whole.Position = 0;
        return whole;
    }

    /// <summary>Whether a file that can be read again begins with these bytes; a pipe is left unread.</summary>
    /// <exception cref="FragTraceException">The file is not readable.</exception>
    public static bool BeginsWith(string path, ReadOnlySpan<byte> bytes)
    {
        byte[] head = new byte[bytes.Length];
        try
        {
            if (!HasLength(path))
                return false;
            using FileStream file = Open(path);
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && bytes.SequenceEqual(head);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot read", path, exception);
        }
    }

    /// <summary>Pipes and devices have none. A link has one of its own, so its target is asked.</summary>
    private static bool HasLength(string path) =>
        File.Exists(path) && (File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)) is FileInfo { Exists: true, Length: > 0 };
}
