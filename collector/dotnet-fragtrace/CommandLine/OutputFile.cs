using System;
using System.IO;
using System.Text;
using FragGuard.Collector.Sessions;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>Files the user asked for by name: UTF-8, replaced when they exist, kept as far as they got.</summary>
public static class OutputFile
{
    /// <summary>
    /// Complains of a path before the long work whose result goes there; leaves no file, and an existing one as it is. A pipe is left
    /// alone: its reader would take the end of a test for the end.
    /// </summary>
    /// <exception cref="FragTraceException">The path cannot be written, or is one of <paramref name="inputs"/>.</exception>
    public static void RequireWritable(string path, params ReadOnlySpan<string> inputs)
    {
        RefuseInputs(path, inputs);
        if (FileNode.Of(path) is { IsPipe: true })
            return;
        bool existed = File.Exists(path);
        try
        {
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
            if (!existed)
                File.Delete(path);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot write", path, exception);
        }
    }

    /// <exception cref="FragTraceException">The path cannot be written, or is one of <paramref name="inputs"/>.</exception>
    public static TextWriter Create(string path, params ReadOnlySpan<string> inputs)
    {
        RefuseInputs(path, inputs);
        return Text(CreateBytes(path, null));
    }

    /// <summary>As <see cref="Create"/>, for bytes.</summary>
    /// <exception cref="FragTraceException">The path cannot be written, or is one of <paramref name="inputs"/>.</exception>
    public static Stream CreateBinary(string path, params ReadOnlySpan<string> inputs)
    {
        RefuseInputs(path, inputs);
        return CreateBytes(path, null);
    }

    /// <summary>As <see cref="Create"/>, for bytes that only the file's owner may read: what is known of another process stays with the user.</summary>
    /// <exception cref="FragTraceException">The path cannot be written.</exception>
    public static Stream CreatePrivate(string path) => CreateBytes(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Whether two paths lead to one file, links followed; a device or a pipe is none.</summary>
    public static bool IsSame(string path, string other)
    {
        if (path.Length == 0 || other.Length == 0)
            return false;
        FileNode? node = FileNode.Of(path);
        return node == FileNode.Of(other)
            && (node?.IsRegular ?? string.Equals(FinalPath(path), FinalPath(other), StringComparison.Ordinal));
    }

    /// <summary>Whether a path leads to the file or pipe that takes standard output.</summary>
    public static bool IsStandardOutput(string path) => FileNode.Of(path) is { } node
        ? (node.IsRegular || node.IsPipe) && node == FileNode.Of("/dev/stdout")
        : path is "/dev/stdout";

    private static StreamWriter Text(Stream file) =>
        new(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };

    private static OutputStream CreateBytes(string path, UnixFileMode? mode)
    {
        try
        {
            // No buffer in the file itself: a full device answers the write that met it.
            FileStreamOptions options = new()
            {
                Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = mode;
            FileStream file = new(path, options);
            if (!OperatingSystem.IsWindows() && mode is { } wanted && FileNode.IsOnDisk(file))
                File.SetUnixFileMode(file.SafeFileHandle, wanted);
            return new OutputStream(file, path);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot write", path, exception);
        }
    }

    private static void RefuseInputs(string path, ReadOnlySpan<string> inputs)
    {
        foreach (string input in inputs)
        {
            if (File.Exists(path) && IsSame(path, input))
                throw new FragTraceException($"{path} is read here; write somewhere else.", ExitCode.Arguments);
        }
    }

    private static string FinalPath(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
}
