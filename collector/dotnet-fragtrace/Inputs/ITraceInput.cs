using FragGuard.Collector.Recordings;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A kind of file that an allocation trace can be read from.</summary>
internal interface ITraceInput
{
    /// <summary>Whether a file is of this kind, by its name or its first bytes; a pipe is left unread.</summary>
    bool Accepts(string path);

    /// <summary>Opens the trace; its events may be read lazily, more than once.</summary>
    /// <exception cref="CommandLine.FragTraceException">The file cannot be used.</exception>
    OpenedTrace OpenTrace(string path, ReadingOptions options);
}
