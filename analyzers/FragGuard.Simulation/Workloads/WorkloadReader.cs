using System.Collections.Generic;
using System.Globalization;
using System.Text;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// Reads the text form of a trace, one operation a line; <c>#</c> at the start of a field begins a comment.
/// <code>
/// alloc &lt;id&gt; &lt;bytes&gt; [align=&lt;n&gt;] [zeroed] [site=&lt;name&gt;]
/// free &lt;id&gt;     realloc &lt;id&gt; &lt;bytes&gt;     trim     thread &lt;n&gt;
/// set &lt;key&gt; &lt;valueBytes&gt; [ttl=&lt;ms&gt;]     safe_set …     add …     safe_add …     replace …
/// incr &lt;key&gt;     get &lt;key&gt;     delete &lt;key&gt;     flush_all     flush_expired [max]     time &lt;ms&gt;
/// </code>
/// An id or key may hold one range, <c>{first..last}</c> or <c>{first..last..step}</c>, both ends included, with text
/// before and behind it: the line then stands for one operation per name, so <c>delete {1..255..2}</c> deletes the odd
/// keys. Numbers are plain and at most 2^40.
/// </summary>
public sealed class WorkloadReader
{
    /// <summary>Longest key or id, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 65_535;

    private readonly IEnumerable<string> _lines;
    private readonly NameTable _names = new();
    private readonly SiteTable _sites = new();

    private WorkloadReader(IEnumerable<string> lines) => _lines = lines;

    /// <summary>
    /// A trace that reads the lines anew, lazily, each time its events are enumerated. Its sites grow meanwhile; ids and
    /// site numbers follow first appearance, so every enumeration gives the same ones. Enumerating throws
    /// <see cref="WorkloadFormatException"/> at the first line that cannot be read.
    /// </summary>
    public static AllocationTrace Read(IEnumerable<string> lines)
    {
        WorkloadReader reader = new(lines);
        return new AllocationTrace(reader.Events(), reader._sites, reader.NameOf);
    }

    private string NameOf(long id) => id >= 0 && id < _names.Count
        ? _names[(int)id]
        : id.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<AllocationEvent> Events()
    {
        long number = 0;
        long clock = 0;
        foreach (string text in _lines)
        {
            number++;
            WorkloadLine? line = WorkloadLine.Split(text, number);
            if (line is null)
                continue;
            AllocationEvent pattern = Parse(line, out KeyRange? names);
            if (pattern.Kind == AllocationEventKind.Time)
            {
                if (pattern.Milliseconds < clock)
                    throw line.Error($"the clock goes back from {clock} to {pattern.Milliseconds}");
                clock = pattern.Milliseconds;
            }

            if (names is not { } range)
            {
                yield return pattern;
                continue;
            }

            for (long i = 0; i < range.Count; i++)
                yield return Named(pattern, range.NameAt(i), line);
        }
    }

    private AllocationEvent Named(in AllocationEvent pattern, string name, WorkloadLine line)
    {
        int nameBytes = Encoding.UTF8.GetByteCount(name);
        if (nameBytes > MaxNameBytes)
            throw line.Error($"a name has at most {MaxNameBytes} bytes, not {nameBytes}");
        return pattern with
        {
            Id = _names.NumberOf(name),
            KeyBytes = pattern.IsCacheEvent ? nameBytes : 0,
        };
    }

    private AllocationEvent Parse(WorkloadLine line, out KeyRange? names)
    {
        names = null;
        switch (line.Operation)
        {
            case "alloc":
                names = line.Key("id");
                return Allocation(line);
            case "free":
                names = line.Key("id");
                return Ended(line, new AllocationEvent(AllocationEventKind.Free, Id: 0));
            case "realloc":
                names = line.Key("id");
                return Ended(line, new AllocationEvent(AllocationEventKind.Reallocate, Id: 0, line.Number("size")));
            case "trim":
                return Ended(line, new AllocationEvent(AllocationEventKind.Trim, Id: 0));
            case "thread":
                return Ended(line, new AllocationEvent(AllocationEventKind.Thread, line.Number("number")));
            case "time":
                return Ended(line, new AllocationEvent(
                    AllocationEventKind.Time, Id: 0, Milliseconds: line.Number("clock")));
            case "flush_all":
                return Ended(line, new AllocationEvent(AllocationEventKind.FlushAll, Id: 0));
            case "flush_expired":
                return Ended(line, new AllocationEvent(
                    AllocationEventKind.FlushExpired, Id: 0, line.HasMore ? line.Number("maximum") : 0));
            default:
                return OfEntry(line, out names);
        }
    }

    private static AllocationEvent OfEntry(WorkloadLine line, out KeyRange? names)
    {
        AllocationEventKind kind = line.Operation switch
        {
            "set" => AllocationEventKind.Set,
            "safe_set" => AllocationEventKind.SafeSet,
            "add" => AllocationEventKind.Add,
            "safe_add" => AllocationEventKind.SafeAdd,
            "replace" => AllocationEventKind.Replace,
            "incr" => AllocationEventKind.Increment,
            "get" => AllocationEventKind.Get,
            "delete" => AllocationEventKind.Delete,
            _ => throw line.Error($"there is no operation '{line.Operation}'"),
        };
        names = line.Key("key");
        AllocationEvent entry = new(kind, Id: 0);
        return kind <= AllocationEventKind.Replace ? Store(line, entry) : Ended(line, entry);
    }

    private AllocationEvent Allocation(WorkloadLine line)
    {
        AllocationEvent allocation = new(AllocationEventKind.Allocate, Id: 0, line.Number("size"));
        while (line.HasMore)
        {
            allocation = line.Option() switch
            {
                ("align", { } value) => allocation with { AlignmentBytes = Alignment(line, value) },
                ("zeroed", null) => allocation with { IsZeroed = true },
                ("site", "") => throw line.Error("the site has no name"),
                ("site", { } value) => allocation with { Site = _sites.NumberOf(value) },
                (var option, _) => throw line.Error(
                    $"alloc has no option '{option}' of that form; it takes align=<n>, zeroed and site=<name>"),
            };
        }

        return allocation;
    }

    private static AllocationEvent Store(WorkloadLine line, AllocationEvent entry)
    {
        entry = entry with { Bytes = line.Number("value size") };
        while (line.HasMore)
        {
            entry = line.Option() switch
            {
                ("ttl", { } value) => entry with { Milliseconds = line.Parse(value, "time to live") },
                (var option, _) => throw line.Error(
                    $"{line.Operation} has no option '{option}' of that form; it takes ttl=<ms>"),
            };
        }

        return entry;
    }

    private static AllocationEvent Ended(WorkloadLine line, in AllocationEvent read)
    {
        line.End();
        return read;
    }

    private static int Alignment(WorkloadLine line, string value)
    {
        long alignment = line.Parse(value, "alignment");
        if (alignment is < 1 or > 1 << 30 || (alignment & (alignment - 1)) != 0)
            throw line.Error($"the alignment {alignment} is not a power of two up to {1 << 30}");
        return (int)alignment;
    }
}
