using System;
using System.Collections.Generic;
using System.Globalization;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// Reads the text form of a trace, one operation a line; <c>#</c> at the start of a field begins a comment.
/// <code>
/// alloc &lt;id&gt; &lt;bytes&gt; [align=&lt;n&gt;] [zeroed] [pinned] [movable] [reclaimable] [site=&lt;name&gt;]
/// free &lt;id&gt;     realloc &lt;id&gt; &lt;bytes&gt;     pin &lt;id&gt;     unpin &lt;id&gt;     trim     gc &lt;generation&gt;     thread &lt;n&gt;
/// set &lt;key&gt; &lt;valueBytes&gt; [ttl=&lt;ms&gt;]     safe_set …     add …     safe_add …     replace …
/// incr &lt;key&gt; [init] [ttl=&lt;ms&gt;]     get &lt;key&gt;     touch &lt;key&gt; [ttl=&lt;ms&gt;]     delete &lt;key&gt;
/// lpush &lt;key&gt; &lt;valueBytes&gt;     rpush …     lpop &lt;key&gt;     rpop …     llen …
/// flush_all     flush_expired [max]     time &lt;ms&gt;
/// </code>
/// An id or key may hold one range, <c>{first..last}</c> or <c>{first..last..step}</c>, both ends included, with text
/// before and behind it: the line then stands for one operation per name, so <c>delete {1..255..2}</c> deletes the odd
/// keys. Numbers are plain and at most 2^40.
/// </summary>
public sealed class WorkloadReader
{
    /// <summary>Longest key or id, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 65_535;

    private const int NumberBytes = 8;
    private const int MaxGeneration = 2;

    private static readonly AllocationEventKind[] Kinds = (AllocationEventKind[])Enum.GetValues(typeof(AllocationEventKind));
    private static readonly NameTable Operations = Words();

    private readonly IEnumerable<string> _lines;
    private readonly NameTable _keys = new();
    private readonly SiteTable _sites = new();
    private NameTable _blocks = new();
    private WorkloadLine _line = new();

    private WorkloadReader(IEnumerable<string> lines) => _lines = lines;

    /// <summary>
    /// A trace that reads the lines anew, lazily, each time its events are enumerated. Its sites grow meanwhile. Blocks
    /// have numbers from 0, keys below 0, so a block and an entry of one name are two things; the number of a block that
    /// was freed goes to the next new one, so memory grows with live blocks, keys and sites alone. Every enumeration gives
    /// the same numbers. It throws <see cref="WorkloadFormatException"/> at the first line that cannot be read.
    /// </summary>
    public static AllocationTrace Read(IEnumerable<string> lines)
    {
        WorkloadReader reader = new(lines);
        return new AllocationTrace(
            reader.Events(),
            reader._sites,
            reader.NameOf,
            () => $"line {reader._line.Number.ToString(CultureInfo.InvariantCulture)}");
    }

    private static NameTable Words()
    {
        NameTable words = new();
        foreach (AllocationEventKind kind in Kinds)
            words.NumberOf(OperationText.Of(kind));
        return words;
    }

    private string NameOf(long id)
    {
        NameTable table = id < 0 ? _keys : _blocks;
        long number = id < 0 ? ~id : id;
        return number < table.Count ? table[(int)number] : id.ToString(CultureInfo.InvariantCulture);
    }

    private IEnumerable<AllocationEvent> Events()
    {
        NameTable blocks = _blocks = new NameTable();
        WorkloadLine line = _line = new WorkloadLine();
        long clock = 0;
        foreach (string text in _lines)
        {
            if (!line.Read(text))
                continue;
            AllocationEvent pattern = Parse(line, out WorkloadField name);
            if (pattern.Kind == AllocationEventKind.Time)
            {
                if (pattern.Milliseconds < clock)
                    throw line.Error($"the clock goes back from {clock} to {pattern.Milliseconds}");
                clock = pattern.Milliseconds;
            }

            if (name.Length == 0)
            {
                yield return pattern;
                continue;
            }

            NameTable table = pattern.IsCacheEvent ? _keys : blocks;
            if (!line.Holds(name, '{'))
            {
                int number = table.NumberOf(text, name.Start, name.Length);
                yield return Named(pattern, table, number, line);
                if (pattern.Kind == AllocationEventKind.Free)
                    table.Release(number);
                continue;
            }

            KeyRange range = KeyRange.Parse(line, name);
            for (long i = 0; i < range.Count; i++)
            {
                int number = table.NumberOf(range.NameAt(i));
                yield return Named(pattern, table, number, line);
                if (pattern.Kind == AllocationEventKind.Free)
                    table.Release(number);
            }
        }
    }

    private static AllocationEvent Named(in AllocationEvent pattern, NameTable table, int number, WorkloadLine line)
    {
        int nameBytes = table.BytesOf(number);
        if (nameBytes > MaxNameBytes)
            throw line.Error($"a name has at most {MaxNameBytes} bytes, not {nameBytes}");
        return pattern.IsCacheEvent
            ? pattern with { Id = ~(long)number, KeyBytes = nameBytes }
            : pattern with { Id = number };
    }

    /// <param name="line">The line.</param>
    /// <param name="name">The id or key, or the range of them; empty when the operation has none.</param>
    private AllocationEvent Parse(WorkloadLine line, out WorkloadField name)
    {
        name = default;
        int word = Operations.Find(line.Text, line.Operation.Start, line.Operation.Length);
        if (word < 0)
            throw line.Error($"there is no operation '{line.Quote(line.Operation)}'");

        AllocationEvent read = new(Kinds[word], Id: 0);
        switch (read.Kind)
        {
            case AllocationEventKind.Allocate:
                name = line.Required("id");
                return Allocation(line, read);
            case AllocationEventKind.Free:
            case AllocationEventKind.Pin:
            case AllocationEventKind.Unpin:
                name = line.Required("id");
                break;
            case AllocationEventKind.Reallocate:
                name = line.Required("id");
                read = read with { Bytes = line.RequiredNumber("size") };
                break;
            case AllocationEventKind.Collect:
                read = read with { Id = Generation(line) };
                break;
            case AllocationEventKind.Thread:
                read = read with { Id = line.RequiredNumber("number") };
                break;
            case AllocationEventKind.Time:
                read = read with { Milliseconds = line.RequiredNumber("clock") };
                break;
            case AllocationEventKind.Trim:
            case AllocationEventKind.FlushAll:
                break;
            case AllocationEventKind.FlushExpired:
                read = read with { Bytes = line.HasMore ? line.RequiredNumber("maximum") : 0 };
                break;
            case <= AllocationEventKind.Replace:
                name = line.Required("key");
                return Store(line, read);
            case AllocationEventKind.Increment:
                name = line.Required("key");
                return Increment(line, read);
            case AllocationEventKind.Touch:
                name = line.Required("key");
                return TimeToLive(line, read);
            case AllocationEventKind.PushLeft:
            case AllocationEventKind.PushRight:
                name = line.Required("key");
                read = read with { Bytes = line.RequiredNumber("value size") };
                break;
            default:
                name = line.Required("key");
                break;
        }

        line.End();
        return read;
    }

    private AllocationEvent Allocation(WorkloadLine line, AllocationEvent allocation)
    {
        allocation = allocation with { Bytes = line.RequiredNumber("size") };
        while (line.HasMore)
        {
            if (line.TakeOption("align=", out WorkloadField alignment))
                allocation = allocation with { AlignmentBytes = Alignment(line, alignment) };
            else if (line.TakeFlag("zeroed"))
                allocation = allocation with { Traits = allocation.Traits | BlockTraits.Zeroed };
            else if (line.TakeFlag("pinned"))
                allocation = allocation with { Traits = allocation.Traits | BlockTraits.Pinned };
            else if (line.TakeFlag("movable"))
                allocation = allocation with { Traits = allocation.Traits | BlockTraits.Movable };
            else if (line.TakeFlag("reclaimable"))
                allocation = allocation with { Traits = allocation.Traits | BlockTraits.Reclaimable };
            else if (line.TakeOption("site=", out WorkloadField site))
                allocation = allocation with { Site = Site(line, site) };
            else
                throw line.NoSuchOption("align=<n>, zeroed, pinned, movable, reclaimable and site=<name>");
        }

        return allocation;
    }

    private static AllocationEvent Store(WorkloadLine line, AllocationEvent entry) =>
        TimeToLive(line, entry with { Bytes = line.RequiredNumber("value size") });

    private static AllocationEvent Increment(WorkloadLine line, AllocationEvent entry) =>
        line.HasMore && line.TakeFlag("init")
            ? TimeToLive(line, entry with { Bytes = NumberBytes })
            : Ended(line, entry);

    private static AllocationEvent Ended(WorkloadLine line, AllocationEvent read)
    {
        line.End();
        return read;
    }

    private static long Generation(WorkloadLine line)
    {
        long generation = line.RequiredNumber("generation");
        return generation <= MaxGeneration
            ? generation
            : throw line.Error($"the generation {generation} is not one of 0 to {MaxGeneration}");
    }

    private static AllocationEvent TimeToLive(WorkloadLine line, AllocationEvent entry)
    {
        while (line.HasMore)
        {
            if (!line.TakeOption("ttl=", out WorkloadField milliseconds))
                throw line.NoSuchOption("ttl=<ms>");
            entry = entry with { Milliseconds = line.NumberIn(milliseconds, "time to live") };
        }

        return entry;
    }

    private int Site(WorkloadLine line, WorkloadField name) => name.Length == 0
        ? throw line.Error("the site has no name")
        : _sites.NumberOf(line.Text, name.Start, name.Length);

    private static int Alignment(WorkloadLine line, WorkloadField field)
    {
        long alignment = line.NumberIn(field, "alignment");
        if (alignment is < 1 or > 1 << 30 || (alignment & (alignment - 1)) != 0)
            throw line.Error($"the alignment {alignment} is not a power of two up to {1 << 30}");
        return (int)alignment;
    }
}
