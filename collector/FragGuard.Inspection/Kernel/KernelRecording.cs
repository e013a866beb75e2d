using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>A recording of the page allocator, read from its file; the file is hostile until shown otherwise.</summary>
public sealed class KernelRecording
{
    private readonly Func<Stream> _open;

    /// <param name="open">Opens the file; called again for each reading of the events.</param>
    /// <exception cref="FormatException">It is no recording, or a damaged one.</exception>
    public KernelRecording(Func<Stream> open)
    {
        _open = open;
        KernelRecordingHeaderReader header = new();
        foreach (string line in Lines())
        {
            if (!header.Take(line))
                break;
        }

        Header = header.Header();
    }

    public KernelRecordingHeader Header { get; }

    /// <summary>The events in order, read as they are asked for.</summary>
    /// <exception cref="FormatException">The file is damaged or cut behind its header.</exception>
    public IEnumerable<PageEvent> Events()
    {
        bool isWhole = false;
        foreach (string line in Lines())
        {
            isWhole = string.Equals(line, KernelRecordingFile.LastLine, StringComparison.Ordinal);
            if (PageEventText.TryParse(line, out PageEvent pageEvent))
                yield return pageEvent;
        }

        if (!isWhole)
            throw new FormatException("It is cut: its end is missing.");
    }

    private IEnumerable<string> Lines()
    {
        using Stream file = _open();
        using GZipStream unpacked = new(file, CompressionMode.Decompress);
        using StreamReader text = new(unpacked, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 16);
        BoundedLines lines = new(text);
        while (lines.Next() is { } line)
            yield return line;
    }
}
