using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;
using FragGuard.FragTrace.CommandLine;
using FragGuard.Simulation.Workloads;

namespace FragGuard.FragTrace.Inputs;

/// <summary>The lines of a text file, read as they are asked for; every enumeration opens the file anew.</summary>
internal sealed class WorkloadLines(string path) : IEnumerable<string>
{
    /// <summary>Longest line in characters; a longer one is no workload, and is not kept in memory to find out.</summary>
    public const int LongestLine = 1 << 17;

    private bool _isSpent;

    /// <exception cref="FragTraceException">The file cannot be read, or is a pipe that was read already.</exception>
    /// <exception cref="WorkloadFormatException">A line is too long.</exception>
    public IEnumerator<string> GetEnumerator()
    {
        if (_isSpent)
            throw new FragTraceException($"{path} can be read only once; give one --model.", ExitCode.Arguments);
        FileStream file = InputFile.Open(path);
        _isSpent = !file.CanSeek;
        using StreamReader reader = new(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
        char[] buffer = new char[1 << 16];
        StringBuilder begun = new();
        long number = 1;
        for (int read = Read(reader, buffer); read > 0; read = Read(reader, buffer))
        {
            int start = 0;
            for (int end; (end = Array.IndexOf(buffer, '\n', start, read - start)) >= 0; start = end + 1)
                yield return Line(begun, buffer.AsSpan(start, end - start), number++);
            Begin(begun, buffer.AsSpan(start, read - start), number);
        }

        if (begun.Length > 0)
            yield return Line(begun, [], number);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Read(StreamReader reader, char[] buffer)
    {
        try
        {
            return reader.Read(buffer, 0, buffer.Length);
        }
        catch (IOException exception)
        {
            throw FileProblem.In("Cannot read", path, exception);
        }
    }

    /// <summary>The line that ends here, without its line end; what was begun of it is taken up.</summary>
    private static string Line(StringBuilder begun, ReadOnlySpan<char> rest, long number)
    {
        if (begun.Length > 0 || rest.Length > LongestLine)
        {
            Begin(begun, rest, number);
            string joined = begun.ToString();
            begun.Clear();
            return joined.EndsWith('\r') ? joined[..^1] : joined;
        }

        return new string(rest.EndsWith("\r") ? rest[..^1] : rest);
    }

    private static void Begin(StringBuilder begun, ReadOnlySpan<char> part, long number)
    {
        if (begun.Length + part.Length > LongestLine)
            throw new WorkloadFormatException(number, $"longer than {LongestLine} characters");
        begun.Append(part);
    }
}
