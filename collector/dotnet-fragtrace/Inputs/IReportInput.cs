using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A kind of file that a report can be made from.</summary>
internal interface IReportInput
{
    /// <summary>Whether a file of this name is of this kind. Looks at the name only.</summary>
    bool Accepts(string path);

    /// <exception cref="CommandLine.FragTraceException">The file cannot be used.</exception>
    RunReport ReadReport(string path, ReadingOptions options);
}
