using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A text workload, whatever its file is called.</summary>
internal sealed class WorkloadInput : ITraceInput
{
    public bool Accepts(string path) => true;

    public AllocationTrace OpenTrace(string path)
    {
        TextChunks text = new(path);
        return WorkloadReader.Read(text, text.IsReadOnce);
    }
}
