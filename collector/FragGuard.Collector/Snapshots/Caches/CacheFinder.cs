using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>Finds the instances of known caches and looks into the largest.</summary>
internal sealed class CacheFinder
{
    private const int MostRead = 100;
    private const int MostHolders = 6;

    private static readonly MemoryCacheShape MemoryCaches = new();
    private static readonly ICacheShape[] Shapes = [MemoryCaches, new ConcurrentDictionaryShape(), new DictionaryShape()];

    private readonly ObjectGraph _graph;
    private readonly ICacheShape?[] _shapes;

    public CacheFinder(ObjectGraph graph)
    {
        _graph = graph;
        _shapes = new ICacheShape?[graph.Types.Count];
        for (int type = 0; type < _shapes.Length; type++)
            _shapes[type] = System.Array.Find(Shapes, shape => shape.IsOf(graph.Types[type]));
    }

    /// <summary>Instances found, dictionaries inside of other caches left out.</summary>
    public long Instances { get; private set; }

    /// <summary>The largest by retained bytes, largest first.</summary>
    public IReadOnlyList<CacheMap> Find()
    {
        HashSet<int> inside = Inside();
        PriorityQueue<int, long> largest = new();
        for (int number = 0; number < _graph.Count; number++)
        {
            if (_shapes[_graph.TypeIndexOf(number)] is null || inside.Contains(number))
                continue;
            Instances++;
            largest.Enqueue(number, _graph.RetainedBytes(number));
            if (largest.Count > MostRead)
                largest.Dequeue();
        }

        return
        [
            .. largest.UnorderedItems
                .OrderByDescending(item => item.Priority).ThenBy(item => item.Element)
                .Select(item => Read(item.Element)),
        ];
    }

    private HashSet<int> Inside()
    {
        HashSet<int> inside = [];
        for (int number = 0; number < _graph.Count; number++)
        {
            if (_shapes[_graph.TypeIndexOf(number)] == MemoryCaches)
                inside.UnionWith(MemoryCaches.Dictionaries(_graph, number));
        }

        return inside;
    }

    private CacheMap Read(int number)
    {
        ICacheShape shape = _shapes[_graph.TypeIndexOf(number)]!;
        CacheTally tally = new(_graph);
        shape.Read(_graph, number, tally);
        Root? root = _graph.Paths.RootOf(number);
        return new CacheMap
        {
            Kind = shape.Kind,
            Type = _graph.Types.NameOf(_graph.TypeIndexOf(number)),
            Address = _graph.AddressOf(number),
            Entries = tally.Entries,
            RetainedBytes = _graph.RetainedBytes(number),
            ValueBytes = tally.Distribution(),
            SharedValues = tally.SharedValues,
            Root = root?.Kind,
            RootName = root?.Name,
            Holders =
            [
                .. _graph.Paths.Holders(number).Take(MostHolders).Select(holder => _graph.Types.NameOf(_graph.TypeIndexOf(holder))),
            ],
        };
    }
}
