using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace FragGuard.Inspection.Procfs;

/// <summary>Lines that a line feed ends and nothing else, unlike those of <see cref="TextReader.ReadLine"/>.</summary>
internal static class FedLines
{
    public static IEnumerable<string> Of(TextReader text)
    {
        char[] buffer = new char[1 << 15];
        StringBuilder line = new();
        int filled;
        while ((filled = text.Read(buffer, 0, buffer.Length)) > 0)
        {
            int at = 0;
            for (int end; (end = Array.IndexOf(buffer, '\n', at, filled - at)) >= 0; at = end + 1)
            {
                yield return line.Append(buffer, at, end - at).ToString();
                line.Clear();
            }

            line.Append(buffer, at, filled - at);
        }

        if (line.Length > 0)
            yield return line.ToString();
    }
}
