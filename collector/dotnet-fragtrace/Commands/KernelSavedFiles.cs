using System.Collections.Generic;
using System.IO;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Commands;

/// <summary>Files of the kernel that were saved on another machine.</summary>
internal static class KernelSavedFiles
{
    /// <summary>More than any of the kernel's texts takes on the largest machine.</summary>
    private const long MostBytes = 32 << 20;

    /// <summary>What they say. A file that is none of the kernel's, or damaged, becomes a gap.</summary>
    /// <exception cref="FragTraceException">A file cannot be read, or none of them is one of the kernel's.</exception>
    public static KernelSnapshot Read(IEnumerable<string> paths)
    {
        List<KernelText> texts = [];
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

        return texts.Count > 0
            ? KernelSnapshot.From(texts, gaps)
            : throw new FragTraceException($"{gaps[0].Source}: {gaps[0].Reason}.", ExitCode.Arguments);
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
