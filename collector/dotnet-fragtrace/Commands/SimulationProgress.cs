using System.Diagnostics;
using System.Globalization;
using FragGuard.FragTrace.CommandLine;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Commands;

/// <summary>Says how far a long simulation is, a few times a second.</summary>
internal sealed class SimulationProgress(ToolConsole console)
{
    private const long ObservedStride = 1 << 16;
    private const long Milliseconds = 250;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _shown;

    public void Observe(long index, in AllocationEvent played, EventOutcome outcome, in HeapCounters counters)
    {
        if (index % ObservedStride == 0)
            Show(index);
    }

    /// <param name="operations">Operations read so far.</param>
    public void Show(long operations)
    {
        long now = _watch.ElapsedMilliseconds;
        if (now < _shown + Milliseconds)
            return;
        _shown = now;
        console.Progress(string.Create(
            CultureInfo.InvariantCulture,
            $"Simulated {operations:N0} operations, {operations / 1e3 / now:0.0} million a second"));
    }
}
