using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using FragGuard.Collector.Live;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Live;

/// <summary>One JSON object per look, each on a line of its own.</summary>
internal sealed class JsonLines(TextWriter output, int processId) : ILiveView
{
    public Task RunAsync(Func<Action<LiveMoment>, Task> watch) => watch(Show);

    private void Show(LiveMoment moment)
    {
        output.Write(JsonSerializer.Serialize(LiveReportBuilder.Build(moment, processId), LiveJson.Default.LiveReport));
        output.Write('\n');
        output.Flush();
    }
}
