using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Inputs;

/// <summary>The kinds of file the verbs read; the first that accepts a path reads it, the last accepts every path.</summary>
internal static class InputKinds
{
    private static readonly IReadOnlyList<ITraceInput> Traces = [new RecordingInput(), new KernelRecordingInput(), new TextInput()];

    private static readonly IReadOnlyList<IReportInput> Reports = [new RecordingInput(), new ResultInput()];

    public static ITraceInput ForTrace(string path) => Traces.First(kind => kind.Accepts(path));

    public static IReportInput ForReport(string path) => Reports.First(kind => kind.Accepts(path));
}
