using System;
using System.Collections.Generic;
using System.Text;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>One reading of a text workload, from its first line to its last.</summary>
internal sealed class WorkloadPass
{
    private readonly IEnumerable<ArraySegment<byte>> _chunks;
    private readonly SiteTable _sites;
    private readonly WorkloadLine _line = new();
    private long _clock;
    private int _generators;

    /// <summary>The id of the event enumerated last, and where its name is.</summary>
    private long _id;
    private byte[] _name = [];
    private int _nameStart;
    private int _nameLength;

    public WorkloadPass(IEnumerable<ArraySegment<byte>> chunks, SiteTable sites)
    {
        _chunks = chunks;
        _sites = sites;
    }

    /// <summary>1-based number of the line that the event enumerated last stands in.</summary>
    public long LineNumber => _line.Number;

    /// <summary>The name of the block or entry that the event enumerated last names, if it has that id.</summary>
    public string? NameOf(long id) =>
        id == _id && _nameLength > 0 ? Encoding.UTF8.GetString(_name, _nameStart, _nameLength) : null;

    public IEnumerable<AllocationEvent> Events()
    {
        using TextLines lines = new(_chunks);
        while (lines.Read())
        {
            if (!_line.Read(lines))
                continue;
            if (_line.IsOperation(GenerateLine.Operation))
            {
                _nameLength = 0;
                foreach (AllocationEvent drawn in GenerateLine.Read(_line, _sites, _generators++).Events())
                    yield return drawn;
                continue;
            }

            AllocationEvent pattern = OperationReader.Read(_line, _sites, out WorkloadField name);
            if (pattern.Kind == AllocationEventKind.Time)
                SetClock(pattern.Milliseconds);
            if (name.Length == 0)
            {
                _nameLength = 0;
                yield return pattern;
            }
            else if (!_line.Holds(name, '{'))
            {
                yield return Named(pattern, _line.Bytes, name.Start, name.Length);
            }
            else
            {
                KeyRange range = KeyRange.Parse(_line, name);
                for (long i = 0; i < range.Count; i++)
                    yield return Named(pattern, range.NameAt(i, out int length), 0, length);
            }
        }
    }

    private void SetClock(long milliseconds)
    {
        if (milliseconds < _clock)
            throw _line.Error($"the clock goes back from {_clock} to {milliseconds}");
        _clock = milliseconds;
    }

    private AllocationEvent Named(in AllocationEvent pattern, byte[] name, int start, int length)
    {
        if (length > WorkloadReader.MaxNameBytes)
            throw _line.Error($"a name has at most {WorkloadReader.MaxNameBytes} bytes, not {length}");
        bool isKey = pattern.IsCacheEvent;
        long id = NameIds.Of(name, start, length);
        _id = isKey ? ~id : id;
        _name = name;
        _nameStart = start;
        _nameLength = length;
        return pattern with { Id = _id, KeyBytes = isKey ? length : 0 };
    }
}
