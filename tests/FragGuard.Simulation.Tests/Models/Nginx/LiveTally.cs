using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>Counts how often model and real program agreed, and keeps the first operations where they did not.</summary>
internal sealed class LiveTally
{
    private const int KeptDifferences = 10;

    private readonly SortedDictionary<EventAnswer, long> _answers = [];
    private readonly List<string> _differences = [];
    private long _operations;
    private long _different;

    /// <param name="length">Elements of the key's list after the operation, where the real program tells.</param>
    public void Count(
        in AllocationEvent played, EventOutcome outcome, in HeapCounters counters, NginxReply real, int length = 0)
    {
        _answers[outcome.Answer] = _answers.GetValueOrDefault(outcome.Answer) + 1;
        _operations++;
        if (IsSame(played, outcome, counters, real) && real.Length == length)
            return;
        if (++_different <= KeptDifferences)
            _differences.Add($"operation {_operations} {played}: real {real}, model {outcome} {counters} length {length}");
    }

    public long Operations => _operations;

    public long Different => _different;

    public void AssertNoDifference() =>
        Assert.True(_different == 0, $"{this}:\n{string.Join('\n', _differences)}");

    public override string ToString() =>
        $"{_operations} operations, {_different} differences ("
        + string.Join(", ", _answers.Select(pair => $"{pair.Key} {pair.Value}")) + ")";

    private static bool IsSame(
        in AllocationEvent played, EventOutcome outcome, in HeapCounters counters, NginxReply real)
    {
        bool isForcible = outcome.Answer == EventAnswer.Forcible || outcome.Evicted > 0;
        // A refused store may have removed nothing but expired entries, which the model does not call evicted, and a
        // refused increment does not tell.
        bool isForcibleSame = real.IsForcible == isForcible
            || (outcome.Answer == EventAnswer.NoMemory
                && (!isForcible || played.Kind == AllocationEventKind.Increment));
        return isForcibleSame
            && real.FreeSpaceBytes == counters.FreePageBytes
            && string.Equals(real.Answer, Text(played, outcome), StringComparison.Ordinal);
    }

    private static string Text(in AllocationEvent played, EventOutcome outcome) => outcome.Answer switch
    {
        EventAnswer.Ok when played.Kind == AllocationEventKind.Allocate =>
            outcome.OffsetBytes.ToString(CultureInfo.InvariantCulture),
        EventAnswer.Ok or EventAnswer.Forcible => "ok",
        EventAnswer.NoMemory => "no memory",
        EventAnswer.Exists => "exists",
        EventAnswer.NotFound => "not found",
        EventAnswer.NotANumber => "not a number",
        EventAnswer.NotAList => "value not a list",
        EventAnswer.IsAList => "value is a list",
        EventAnswer.Hit => "hit",
        _ => "ignored",
    };
}
