using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Pools;

/// <summary>
/// What sampled allocations say of a pool's element type. One of them may be of an array that is not the pool's and has
/// its length by chance, so most of them must agree.
/// </summary>
internal sealed class ElementVotes
{
    private const int MaxTypes = 16;
    private const double Majority = 2.0 / 3;

    private readonly Dictionary<(string Type, int Bytes), long> _votes = [];
    private long _all;

    public void Add(string type, int bytes)
    {
        _all++;
        if (_votes.ContainsKey((type, bytes)) || _votes.Count < MaxTypes)
            _votes[(type, bytes)] = _votes.GetValueOrDefault((type, bytes)) + 1;
    }

    public PoolElement Build()
    {
        if (_all == 0)
            return PoolElement.Unknown;

        ((string type, int bytes), long votes) = _votes.MaxBy(pair => pair.Value);
        return votes >= Majority * _all ? new PoolElement(type, bytes, ElementSource.Allocation) : PoolElement.Unknown;
    }
}
