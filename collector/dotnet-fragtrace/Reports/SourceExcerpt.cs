using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>The lines around a place in a source file.</summary>
internal static class SourceExcerpt
{
    private const int LinesAround = 3;
    private const long MaxFileBytes = 4 << 20;

    /// <summary>The excerpt and the 1-based number of its first line; empty when the file is not there to be read.</summary>
    public static (IReadOnlyList<string> Lines, int StartLine) Around(string file, int line)
    {
        try
        {
            FileInfo source = new(file);
            if (line < 1 || !source.Exists || source.Length > MaxFileBytes)
                return ([], 0);
            int start = Math.Max(1, line - LinesAround);
            return (File.ReadLines(file).Skip(start - 1).Take(line + LinesAround - start + 1).ToArray(), start);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ([], 0);
        }
    }
}
