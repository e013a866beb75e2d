using System.Globalization;
using System.IO;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Exports;

/// <summary>What the allocator or cache answered, one comma-separated line for each operation.</summary>
internal sealed class AnswerExport
{
    public const string Header = "index,operation,answer,freePageBytes";

    private readonly TextWriter _output;

    public AnswerExport(TextWriter output)
    {
        _output = output;
        output.WriteLine(Header);
    }

    public void Observe(long index, in AllocationEvent played, EventOutcome outcome, in HeapCounters counters) =>
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{index},{OperationText.Of(played.Kind)},{AnswerText.Of(outcome.Answer)},{counters.FreePageBytes}"));
}
