using FragGuard.Collector.Recordings;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A text, whatever its file is called: a log of glibc's mtrace if it begins like one, a workload if not.</summary>
internal sealed class TextInput : ITraceInput
{
    public bool Accepts(string path) => true;

    public OpenedTrace OpenTrace(string path, ReadingOptions options)
    {
        TextChunks text = new(path);
        OtherFormats.Refuse(path, text.Head);
        AllocationTrace trace = MtraceReader.Accepts(text.Head)
            ? MtraceReader.Read(text, text.IsReadOnce)
            : WorkloadReader.Read(text, text.IsReadOnce);
        return new OpenedTrace(trace, []);
    }
}
