using System.IO;
using System.Text.Json;

namespace FragGuard.FragTrace.Reports;

/// <summary>The whole report as one JSON object, described in JSON.md.</summary>
internal sealed class JsonReportWriter : IReportWriter
{
    public void Write(RunReport report, TextWriter output) =>
        output.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.RunReport));
}
