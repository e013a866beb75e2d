using System;
using System.Collections;
using System.Collections.Generic;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// Reads the log that glibc's <c>mtrace()</c> writes, one call a line: <c>[@ caller] + address size</c> for a block that was
/// given, <c>-</c> for one that was freed, <c>&lt;</c> and <c>&gt;</c> on two lines for one that was resized. Callers are the
/// sites. Left out are requests that failed (<c>+ (nil)</c> and <c>!</c>) and frees of blocks that were born before the log;
/// an address that is given twice was freed unseen in between. The n-th block that the log gives has the id n, from 0.
/// </summary>
public sealed class MtraceReader
{
    private readonly IEnumerable<ArraySegment<byte>> _chunks;
    private readonly SiteTable _sites = new();
    private MtracePass? _pass;

    private MtraceReader(IEnumerable<ArraySegment<byte>> chunks) => _chunks = chunks;

    /// <summary>Whether a text that begins with these bytes is such a log.</summary>
    public static bool Accepts(byte[] head)
    {
        const string Start = "= Start";
        if (head.Length < Start.Length)
            return false;
        for (int i = 0; i < Start.Length; i++)
        {
            if (head[i] != Start[i])
                return false;
        }

        return true;
    }

    /// <summary>
    /// A trace that reads the log anew, lazily, each time its events are enumerated; memory grows with live blocks and
    /// sites alone. It throws <see cref="WorkloadFormatException"/> at the first line that cannot be read.
    /// </summary>
    /// <param name="chunks">The log in parts of any length; one may be overwritten when the next is asked for.</param>
    /// <param name="isReadOnce">Whether the log cannot be enumerated twice.</param>
    public static AllocationTrace Read(IEnumerable<ArraySegment<byte>> chunks, bool isReadOnce = false)
    {
        MtraceReader reader = new(chunks);
        return new AllocationTrace(new Readings(reader), reader._sites, line: () => reader._pass?.LineNumber ?? 0)
        {
            IsReadOnce = isReadOnce,
        };
    }

    /// <summary>The events; each enumeration is a pass of its own.</summary>
    private sealed class Readings(MtraceReader reader) : IEnumerable<AllocationEvent>
    {
        public IEnumerator<AllocationEvent> GetEnumerator()
        {
            reader._pass = new MtracePass(reader._chunks, reader._sites);
            return reader._pass.Events().GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
