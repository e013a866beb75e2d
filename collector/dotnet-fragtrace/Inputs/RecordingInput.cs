using System;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A <c>.nettrace</c> recording of a .NET process.</summary>
internal sealed class RecordingInput : ITraceInput, IReportInput
{
    public bool Accepts(string path) => path.EndsWith(".nettrace", StringComparison.OrdinalIgnoreCase);

    public AllocationTrace OpenTrace(string path) => throw NotReadHere(path);

    public RunReport ReadReport(string path) => throw NotReadHere(path);

    private static FragTraceException NotReadHere(string path)
    {
        InputFile.Open(path).Dispose();
        return new FragTraceException($"{path}: this build cannot read recordings yet.", ExitCode.Arguments);
    }
}
