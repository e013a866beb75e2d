using System;
using System.Collections.Generic;
using System.Globalization;
using FragGuard.Simulation.Models.LuaJit;

namespace FragGuard.Simulation.Tests.Models.LuaJit;

/// <summary>Puts mappings where the real ones went, and counts those that the real allocator made otherwise.</summary>
internal sealed class ObservedPlacement : IMapPlacement
{
    /// <summary>Where the model's heap begins; real addresses count from the real heap's first byte, in both directions.</summary>
    private const long Base = 1L << 50;

    private const long None = -1;

    private readonly Queue<string> _seen = [];
    private bool _isReady;

    /// <summary>Mappings that only one side made, removed or resized.</summary>
    public long Differences { get; private set; }

    /// <summary>The model's address for a real one; −1 for none.</summary>
    public static long Placed(long address) => address == None ? None : Base + address;

    /// <summary>Begins one operation, in which the real allocator did this to its mappings.</summary>
    public void Begin(IEnumerable<string> lines)
    {
        Differences += _seen.Count;
        _seen.Clear();
        foreach (string line in lines)
            _seen.Enqueue(line);
    }

    public long Map(long bytes)
    {
        if (_isReady)
            return Next("m", fields => fields[2] == bytes, fields => Placed(fields[1]));
        _isReady = true;
        return Base;
    }

    public void Unmap(long start, long bytes) =>
        Next("u", fields => Placed(fields[1]) == start && fields[2] == bytes, _ => 0);

    public long Remap(long start, long bytes, long newBytes, bool mayMove) => Next(
        "r", fields => Placed(fields[1]) == start && fields[2] == bytes && fields[3] == newBytes, fields => Placed(fields[4]));

    private long Next(string kind, Func<long[], bool> isSame, Func<long[], long> result)
    {
        if (_seen.TryDequeue(out string? line) && line.StartsWith(kind, StringComparison.Ordinal))
        {
            long[] fields = Array.ConvertAll(
                line.Replace(kind, "0", StringComparison.Ordinal).Split(' '), field => long.Parse(field, CultureInfo.InvariantCulture));
            if (isSame(fields))
                return result(fields);
        }

        Differences++;
        return None;
    }
}
