using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A kind of file that a report can be made from.</summary>
internal interface IReportInput
{
    /// <summary>Whether a file is of this kind, by its name or its first bytes; a pipe is left unread.</summary>
    bool Accepts(string path);

    /// <exception cref="CommandLine.FragTraceException">The file cannot be used.</exception>
    RunReport ReadReport(string path, ReadingOptions options);
}
