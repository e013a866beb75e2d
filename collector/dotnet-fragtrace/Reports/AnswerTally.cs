using System;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Reports;

/// <summary>Counts the answers of a run.</summary>
internal sealed class AnswerTally
{
    private readonly long[] _counts = new long[Enum.GetValues<EventAnswer>().Length];

    public AnswerCounts Counts => new(
        Of(EventAnswer.Ok),
        Of(EventAnswer.Forcible),
        Of(EventAnswer.NoMemory),
        Of(EventAnswer.Exists),
        Of(EventAnswer.NotFound),
        Of(EventAnswer.NotANumber),
        Of(EventAnswer.NotAList),
        Of(EventAnswer.IsAList),
        Of(EventAnswer.Hit),
        Of(EventAnswer.Ignored));

    public void Count(long index, in AllocationEvent played, EventOutcome outcome, in HeapCounters counters) =>
        _counts[(int)outcome.Answer]++;

    private long Of(EventAnswer answer) => _counts[(int)answer];
}
