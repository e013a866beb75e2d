using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// The births of a trace in order, each with its size and how long its block or entry lived. An entry lives from its
/// first store to its deletion or a flush, through every store in between; time to live and eviction are the model's business.
/// </summary>
internal sealed class TraceProfile
{
    /// <summary>Lifetime of what the trace never ends.</summary>
    public const long Endless = long.MaxValue;

    private readonly List<int> _lifeOfBirth = new();
    private readonly List<long> _bytesOfBirth = new();
    private readonly List<long> _lifetimes = new();

    /// <summary>Largest size each life was ever resized to, in bytes; 0 for one that never was.</summary>
    private readonly List<long> _largestResizes = new();
    private readonly List<(long Born, bool IsEntry)> _births = new();
    private readonly LiveBlocks<int> _live = new();

    /// <summary>Number of the first life after the last flush.</summary>
    private int _firstUnflushed;

    /// <param name="events">The trace.</param>
    /// <param name="countsKeys">Whether an entry's key is part of what the allocator is asked for.</param>
    public TraceProfile(IEnumerable<AllocationEvent> events, bool countsKeys = false)
    {
        CountsKeys = countsKeys;
        foreach (AllocationEvent next in events)
        {
            Count(next);
            Operations++;
        }
    }

    public long Operations { get; private set; }

    public int Births => _lifeOfBirth.Count;

    public bool HasCacheEvents { get; private set; }

    /// <summary>Whether an entry's key is part of what the allocator is asked for.</summary>
    public bool CountsKeys { get; }

    /// <summary>Bytes of an entry's key that the allocator is asked for with its value; 0 for a block.</summary>
    public long KeyBytesIn(in AllocationEvent birth) => CountsKeys ? birth.KeyBytes : 0;

    /// <summary>Bytes asked for at a birth.</summary>
    public long BytesOf(int birth) => _bytesOfBirth[birth];

    /// <summary>Most bytes asked for at a birth or by a resize of the same life.</summary>
    public long LargestOf(int birth) => Math.Max(_bytesOfBirth[birth], _largestResizes[_lifeOfBirth[birth]]);

    /// <summary>Events from the first birth of the same life to its end, or <see cref="Endless"/>.</summary>
    public long LifetimeOf(int birth) => _lifetimes[_lifeOfBirth[birth]];

    /// <summary>Powers of two that have births on both sides, in ascending order: an edge belongs to the smaller side.</summary>
    public IReadOnlyList<long> SizeEdges()
    {
        long[] powers = [.. _bytesOfBirth.Select(PowerOfTwo).Distinct().OrderBy(power => power)];
        return [.. powers.Take(powers.Length - 1)];
    }

    /// <summary>Lifetimes that part the lives: a quarter, half, nine tenths of those that end, and all of them.</summary>
    public IReadOnlyList<long> LifetimeEdges()
    {
        long[] ended = [.. _lifetimes.Where(lifetime => lifetime != Endless).OrderBy(lifetime => lifetime)];
        if (ended.Length == 0)
            return [];
        IEnumerable<long> edges = new[] { 0.25, 0.5, 0.9, 1 }.Select(share => ended[(int)(share * (ended.Length - 1))]);
        long last = ended.Length == _lifetimes.Count ? ended[ended.Length - 1] : Endless;
        return [.. edges.Where(edge => edge < last).Distinct()];
    }

    public static long PowerOfTwo(long bytes)
    {
        long power = 8;
        while (power < bytes && power < 1L << 62)
            power <<= 1;
        return power;
    }

    private void Count(in AllocationEvent next)
    {
        HasCacheEvents |= next.IsCacheEvent;
        if (ZonedModel.IsBirth(next))
        {
            if (!_live.TryGet(next.Id, out int life) || (next.IsCacheEvent && life < _firstUnflushed))
            {
                life = _lifetimes.Count;
                _lifetimes.Add(Endless);
                _largestResizes.Add(0);
                _births.Add((Operations, next.IsCacheEvent));
                _live.Set(next.Id, life);
            }

            _lifeOfBirth.Add(life);
            _bytesOfBirth.Add(next.Bytes + KeyBytesIn(next));
        }
        else if (next.Kind == AllocationEventKind.Reallocate && _live.TryGet(next.Id, out int resized))
        {
            _largestResizes[resized] = Math.Max(_largestResizes[resized], next.Bytes);
        }
        else if (next.Kind is AllocationEventKind.Free or AllocationEventKind.Delete && _live.Remove(next.Id, out int ended))
        {
            if (_lifetimes[ended] == Endless)
                _lifetimes[ended] = Operations - _births[ended].Born;
        }
        else if (next.Kind == AllocationEventKind.FlushAll)
        {
            for (; _firstUnflushed < _lifetimes.Count; _firstUnflushed++)
            {
                (long born, bool isEntry) = _births[_firstUnflushed];
                if (isEntry && _lifetimes[_firstUnflushed] == Endless)
                    _lifetimes[_firstUnflushed] = Operations - born;
            }
        }
    }
}
