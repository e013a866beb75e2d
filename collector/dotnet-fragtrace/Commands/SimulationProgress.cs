using System.Globalization;
using FragGuard.FragTrace.CommandLine;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Commands;

/// <summary>Says how far a long simulation is.</summary>
internal sealed class SimulationProgress(ToolConsole console)
{
    private const long Stride = 1 << 20;

    public void Observe(long index, in AllocationEvent played, EventOutcome outcome, in HeapCounters counters)
    {
        if (index > 0 && index % Stride == 0)
            console.Progress(string.Create(CultureInfo.InvariantCulture, $"Simulated {index:N0} operations"));
    }
}
