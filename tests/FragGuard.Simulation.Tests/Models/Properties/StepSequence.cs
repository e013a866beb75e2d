using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Properties;

/// <summary>Steps and what they mean to one model: events that keep the promises of a trace.</summary>
internal sealed class StepSequence(IReadOnlyList<Step> steps)
{
    public IReadOnlyList<Step> Steps { get; } = steps;

    /// <summary>Plays the steps one by one and yields the outcome of each; a step that finds nothing to do yields nothing.</summary>
    public IEnumerable<(AllocationEvent Played, EventOutcome Outcome)> Play(IAllocatorModel model, bool takesCacheEvents)
    {
        HashSet<long> live = [];
        HashSet<long> pinned = [];
        long clock = 0;
        foreach (Step step in Steps)
        {
            foreach (AllocationEvent next in takesCacheEvents ? CacheEvents(step, live, clock) : BlockEvents(step, live, pinned, clock))
            {
                EventOutcome outcome = model.Apply(next);
                Note(next, outcome, live);
                yield return (next, outcome);
            }

            if (step.Kind == StepKind.Tick)
                clock += step.Bytes;
        }

        Left.AddRange(pinned.Select(id => new AllocationEvent(AllocationEventKind.Unpin, id)));
        Left.AddRange(takesCacheEvents
            ? Enumerable.Range(0, StepSequences.Slots).Select(key => new AllocationEvent(
                AllocationEventKind.Delete, key, KeyBytes: KeyBytes(key)))
            : live.Select(id => new AllocationEvent(AllocationEventKind.Free, id)));
    }

    /// <summary>The events that end every life a complete <see cref="Play"/> left.</summary>
    public List<AllocationEvent> Left { get; } = [];

    /// <summary>The steps as the lines of a workload.</summary>
    public override string ToString() => "\n" + string.Join('\n', Steps.Select(step => string.Create(
        CultureInfo.InvariantCulture, $"  {step.Kind} {step.Slot} {step.Bytes} align={step.AlignmentBytes}"))) + "\n";

    private static int KeyBytes(long key) => 1 + (int)(key * 7 % 60);

    /// <summary>What was refused does not live; what the allocator ignored does, for the program got it elsewhere.</summary>
    private static void Note(in AllocationEvent played, EventOutcome outcome, HashSet<long> live)
    {
        if (played.Kind is AllocationEventKind.Allocate or AllocationEventKind.Set && outcome.Answer != EventAnswer.NoMemory)
            live.Add(played.Id);
        else if (played.Kind is AllocationEventKind.Free or AllocationEventKind.Delete)
            live.Remove(played.Id);
    }

    private static IEnumerable<AllocationEvent> BlockEvents(Step step, HashSet<long> live, HashSet<long> pinned, long clock)
    {
        long id = step.Slot;
        switch (step.Kind)
        {
            case StepKind.Toggle when !live.Contains(id):
                yield return new AllocationEvent(
                    AllocationEventKind.Allocate, id, step.Bytes, AlignmentBytes: step.AlignmentBytes, Site: step.Slot % 4);
                break;
            case StepKind.Toggle:
                if (pinned.Remove(id))
                    yield return new AllocationEvent(AllocationEventKind.Unpin, id);
                yield return new AllocationEvent(AllocationEventKind.Free, id);
                break;
            case StepKind.Resize when live.Contains(id):
                if (pinned.Remove(id))
                    yield return new AllocationEvent(AllocationEventKind.Unpin, id);
                yield return new AllocationEvent(AllocationEventKind.Reallocate, id, step.Bytes);
                break;
            case StepKind.Pin when live.Contains(id):
                bool isPinned = pinned.Remove(id);
                if (!isPinned)
                    pinned.Add(id);
                yield return new AllocationEvent(isPinned ? AllocationEventKind.Unpin : AllocationEventKind.Pin, id);
                break;
            case StepKind.Thread:
                yield return new AllocationEvent(AllocationEventKind.Thread, step.Slot % 3);
                break;
            case StepKind.Tick:
                yield return new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: clock + step.Bytes);
                break;
            case StepKind.Trim:
                yield return new AllocationEvent(AllocationEventKind.Trim, 0);
                break;
            case StepKind.Collect:
                yield return new AllocationEvent(AllocationEventKind.Collect, step.Slot % 3);
                break;
        }
    }

    private static IEnumerable<AllocationEvent> CacheEvents(Step step, HashSet<long> live, long clock)
    {
        long key = step.Slot;
        AllocationEvent next = new(AllocationEventKind.Get, key, KeyBytes: KeyBytes(key));
        yield return step.Kind switch
        {
            StepKind.Toggle => live.Contains(key)
                ? next with { Kind = AllocationEventKind.Delete }
                : next with { Kind = AllocationEventKind.Set, Bytes = step.Bytes, Milliseconds = step.AlignmentBytes },
            StepKind.Resize => next with { Kind = AllocationEventKind.SafeSet, Bytes = step.Bytes },
            StepKind.Pin => next,
            StepKind.Thread => next with { Kind = AllocationEventKind.Increment, Bytes = 8 },
            StepKind.Tick => new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: clock + step.Bytes),
            StepKind.Trim => new AllocationEvent(AllocationEventKind.FlushExpired, 0, step.Slot % 3),
            _ => next with
            {
                Kind = step.Slot % 2 == 0 ? AllocationEventKind.PushLeft : AllocationEventKind.PopRight,
                Bytes = step.Bytes,
            },
        };
    }
}
