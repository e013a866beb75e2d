using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Commands;

/// <summary>Files of the kernel that were saved on another machine.</summary>
internal static class KernelSavedFiles
{
    /// <summary>More than any of the kernel's texts takes on the largest machine.</summary>
    private const long MostBytes = 32 << 20;

    private const byte GzipStart = 0x1F;
    private const byte GzipNext = 0x8B;

    /// <summary>What they say; of a recording of this tool, its size mix and its last free blocks too.</summary>
    /// <exception cref="FragTraceException">A file cannot be read, or none of them is one of the kernel's.</exception>
    public static KernelReport Explain(string[] paths)
    {
        string[] recordings = [.. paths.Where(IsRecording)];
        if (recordings.Length > 1)
            throw new FragTraceException("--explain takes one recording at a time.", ExitCode.Arguments);
        if (recordings.Length == 0)
            return KernelReportBuilder.Build(Read(paths, []), release: null);
        KernelRecording recording = KernelRecordingInput.Open(recordings[0]);
        KernelText[] shown = recording.Header.Shown is [.., var last]
            ? [new KernelText(KernelTextKind.BuddyInfo, recordings[0], KernelRecordingFile.TextOf(last))]
            : [];
        KernelSnapshot kernel = Read(paths.Except(recordings, StringComparer.Ordinal), shown) with
        {
            PageBytes = recording.Header.PageBytes, IsPageSizeKnown = true,
        };
        return KernelReportBuilder.Build(kernel, release: null) with { Recording = KernelRecordingRows.Of(recordings[0], recording) };
    }

    /// <summary>What they say. A file that is none of the kernel's, or damaged, becomes a gap.</summary>
    /// <exception cref="FragTraceException">A file cannot be read, or none of them is one of the kernel's.</exception>
    private static KernelSnapshot Read(IEnumerable<string> paths, IEnumerable<KernelText> known)
    {
        List<KernelText> texts = [.. known];
        List<KernelGap> gaps = [];
        foreach (string path in paths)
        {
            if (TextOf(path) is not { } text)
                gaps.Add(new KernelGap(path, "larger than 32 MiB: none of the kernel's texts is"));
            else if (KernelTextKinds.Recognise(path, text) is { } recognised)
                texts.Add(recognised);
            else
                gaps.Add(new KernelGap(path, "none of the kernel's texts: its first lines are of no known form"));
        }

        return texts.Count > 0 || gaps.Count == 0
            ? KernelSnapshot.From(texts, gaps)
            : throw new FragTraceException($"{gaps[0].Source}: {gaps[0].Reason}.", ExitCode.Arguments);
    }

    private static bool IsRecording(string path)
    {
        using FileStream file = InputFile.Open(path);
        Span<byte> start = stackalloc byte[2];
        return file.CanSeek && file.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start[0] == GzipStart && start[1] == GzipNext;
    }

    /// <summary>Null when it is too large.</summary>
    private static string? TextOf(string path)
    {
        using FileStream file = InputFile.Open(path);
        try
        {
            using MemoryStream bytes = new();
            byte[] chunk = new byte[1 << 16];
            for (int read = file.Read(chunk); read > 0; read = file.Read(chunk))
            {
                bytes.Write(chunk, 0, read);
                if (bytes.Length > MostBytes)
                    return null;
            }

            bytes.Position = 0;
            using StreamReader text = new(bytes);
            return text.ReadToEnd();
        }
        catch (IOException exception)
        {
            throw FileProblem.In("Cannot read", path, exception);
        }
    }
}
