using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// Reads the text form of a trace, UTF-8, one operation a line; <c>#</c> at the start of a field begins a comment.
/// <code>
/// alloc &lt;id&gt; &lt;bytes&gt; [align=&lt;n&gt;] [zeroed] [pinned] [movable] [reclaimable] [site=&lt;name&gt;]
/// free &lt;id&gt;     realloc &lt;id&gt; &lt;bytes&gt;     pin &lt;id&gt;     unpin &lt;id&gt;     trim     gc &lt;generation&gt;     thread &lt;n&gt; [core]
/// set &lt;key&gt; &lt;valueBytes&gt; [ttl=&lt;ms&gt;]     safe_set …     add …     safe_add …     replace …
/// incr &lt;key&gt; [init] [ttl=&lt;ms&gt;]     get &lt;key&gt;     touch &lt;key&gt; [ttl=&lt;ms&gt;]     delete &lt;key&gt;
/// lpush &lt;key&gt; &lt;valueBytes&gt;     rpush …     lpop &lt;key&gt;     rpop …     llen …
/// flush_all     flush_expired [max]     time &lt;ms&gt;
/// generate operations=&lt;n&gt; sizes=&lt;d&gt; [lifetimes=&lt;d&gt;] [shape=&lt;s&gt;] [seed=&lt;n&gt;] [keys=&lt;bytes&gt;] [site=&lt;name&gt;]
/// </code>
/// An id or key may hold one range, <c>{first..last}</c> or <c>{first..last..step}</c>, both ends included, with text
/// before and behind it: the line then stands for one operation per name, so <c>delete {1..255..2}</c> deletes the odd
/// keys. Numbers are plain and at most 2^40.
/// <para>
/// <c>generate</c> draws operations from seeded distributions d: <c>fixed(n)</c>, <c>uniform(min,max)</c>,
/// <c>exponential(mean)</c>, <c>lognormal(mu,sigma)</c>, <c>pareto(scale,alpha)</c>, <c>bimodal(a,b,shareOfA)</c> or
/// <c>histogram(n:weight,min-max:weight,…)</c>. Lifetimes count births; those of pareto are correlated with age. The shape s
/// is <c>steady</c>, <c>ramp</c> (the number of live blocks climbs over the run), <c>burst(n)</c> (what is due dies at every
/// n-th birth), or one that settles itself who dies: <c>oddfree(n)</c> (every second of n blocks, then blocks of twice the
/// size), <c>comb(n)</c> (the large of n pairs, then blocks twice as large), <c>sawtooth(n)</c> (15 of 16 of n blocks). With
/// <c>keys</c> the blocks are entries of a cache, stored and deleted. What lives at the end of the line lives on.
/// </para>
/// </summary>
public sealed class WorkloadReader
{
    /// <summary>Longest key or id, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 65_535;

    private readonly IEnumerable<ArraySegment<byte>> _chunks;
    private readonly bool _isReadOnce;
    private readonly SiteTable _sites = new();
    private WorkloadPass? _pass;

    private WorkloadReader(IEnumerable<ArraySegment<byte>> chunks, bool isReadOnce)
    {
        _chunks = chunks;
        _isReadOnce = isReadOnce;
    }

    /// <summary>
    /// A trace that reads the text anew, lazily, each time its events are enumerated. Its sites grow meanwhile; nothing
    /// else does, however many blocks and keys are named. The id of a name is a function of the name (a number is its own
    /// id), ids of keys are below 0, so a block and an entry of one name are two things. A name that the id does not tell
    /// is looked for in the text. It throws <see cref="WorkloadFormatException"/> at the first line that cannot be read.
    /// </summary>
    /// <param name="chunks">
    /// The text in parts of any length, from its beginning each time it is enumerated. A part may be overwritten when the
    /// next one is asked for.
    /// </param>
    /// <param name="isReadOnce">Whether the text cannot be enumerated twice.</param>
    public static AllocationTrace Read(IEnumerable<ArraySegment<byte>> chunks, bool isReadOnce = false)
    {
        WorkloadReader reader = new(chunks, isReadOnce);
        return new AllocationTrace(
            new Readings(reader), reader._sites, reader.NameOf, () => reader._pass?.LineNumber ?? 0)
        {
            IsReadOnce = isReadOnce,
        };
    }

    /// <summary>A trace of the operations that lines of text hold.</summary>
    public static AllocationTrace Read(IEnumerable<string> lines) =>
        Read(lines.Select(line => new ArraySegment<byte>(Encoding.UTF8.GetBytes(line + '\n'))));

    private string NameOf(long id) => NameIds.TextOf(id < 0 ? ~id : id) ?? _pass?.NameOf(id) ?? Find(id) ?? $"id {id}";

    private string? Find(long id)
    {
        if (_isReadOnce)
            return null;
        WorkloadPass pass = new(_chunks, new SiteTable());
        return pass.Events().Any(next => next.Id == id) ? pass.NameOf(id) : null;
    }

    /// <summary>The events; each enumeration is a pass of its own.</summary>
    private sealed class Readings(WorkloadReader reader) : IEnumerable<AllocationEvent>
    {
        public IEnumerator<AllocationEvent> GetEnumerator()
        {
            reader._pass = new WorkloadPass(reader._chunks, reader._sites);
            return reader._pass.Events().GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
