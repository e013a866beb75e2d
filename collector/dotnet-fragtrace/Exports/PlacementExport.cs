using System.Globalization;
using System.IO;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Exports;

/// <summary>Where each block or entry was placed, one comma-separated line for each allocation, reallocation and store.</summary>
internal sealed class PlacementExport
{
    public const string Header = "index,id,offset";

    private readonly AllocationTrace _trace;
    private readonly TextWriter _output;

    public PlacementExport(AllocationTrace trace, TextWriter output)
    {
        _trace = trace;
        _output = output;
        output.WriteLine(Header);
    }

    public void Observe(long index, in AllocationEvent played, EventOutcome outcome, in HeapCounters counters)
    {
        if (!Places(played.Kind))
            return;
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{index},{CsvField.Of(_trace.NameOf(played.Id))},{outcome.OffsetBytes}"));
    }

    private static bool Places(AllocationEventKind kind) => kind
        is AllocationEventKind.Allocate or AllocationEventKind.Reallocate
        or AllocationEventKind.Set or AllocationEventKind.SafeSet
        or AllocationEventKind.Add or AllocationEventKind.SafeAdd
        or AllocationEventKind.Replace;
}
