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
        using StreamReader reader = new(file, Encoding.UTF8);
        StringBuilder line = new();
        for (long number = 1; ReadLine(reader, line, number); number++)
            yield return line.ToString();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Reads up to the next line feed, or to the end; false when nothing is left.</summary>
    private bool ReadLine(StreamReader reader, StringBuilder line, long number)
    {
        line.Clear();
        try
        {
            int next = reader.Read();
            if (next < 0)
                return false;
            for (; next >= 0 && next != '\n'; next = reader.Read())
            {
                if (line.Length == LongestLine)
                    throw new WorkloadFormatException(number, $"longer than {LongestLine} characters.");
                line.Append((char)next);
            }
        }
        catch (IOException exception)
        {
            throw FileProblem.In("Cannot read", path, exception);
        }

        if (line.Length > 0 && line[^1] == '\r')
            line.Length--;
        return true;
    }
}
