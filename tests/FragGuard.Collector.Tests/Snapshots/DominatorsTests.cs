using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Snapshots;

namespace FragGuard.Collector.Tests.Snapshots;

public sealed class DominatorsTests
{
    private const ulong Base = 0x7f00_0000_0000;

    [Fact]
    public void RetainedBytes_AreWhatDiesWithTheObject_InRandomGraphs()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 300; round++)
        {
            int count = 1 + random.Next(40);
            List<int>[] edges = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
            for (int i = random.Next(count * 3); i > 0; i--)
                edges[random.Next(count)].Add(random.Next(count));
            int[] roots = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(count))];
            ObjectGraph graph = Graph(edges, roots);
            for (int number = 0; number < count; number++)
            {
                HashSet<int> dead = Reached(edges, roots, without: -1);
                dead.ExceptWith(Reached(edges, roots, number));
                long expected = dead.Sum(Bytes);
                Assert.True(expected == graph.RetainedBytes(number), $"seed {seed}, round {round}, object {number}");
            }
        }
    }

    [Fact]
    public void LongChain_NeedsNoDeepStack()
    {
        const int Length = 300_000;
        List<int>[] edges = [.. Enumerable.Range(0, Length).Select(i => i + 1 < Length ? new List<int> { i + 1 } : [])];

        ObjectGraph graph = Graph(edges, [0]);

        Assert.Equal(Enumerable.Range(0, Length).Sum(Bytes), graph.RetainedBytes(0));
        Assert.Equal(Bytes(Length - 1), graph.RetainedBytes(Length - 1));
        Assert.Equal(6, graph.Paths.Holders(Length - 1).Take(6).Count());
    }

    [Fact]
    public void ObjectsThatClaimMoreReferencesThanCame_MakeNoGraph()
    {
        SnapshotDraft draft = Draft([[1], []], [0]);
        draft.References.Clear();

        Assert.Null(ObjectGraph.TryBuild(draft, new AddressIndex(draft.Objects)));
    }

    [Fact]
    public void DependentValue_LivesWithItsKey()
    {
        SnapshotDraft draft = Draft([[], [], []], [0], dependents: [(0, 2)]);

        ObjectGraph graph = ObjectGraph.TryBuild(draft, new AddressIndex(draft.Objects))!;

        Assert.Equal(Bytes(0) + Bytes(2), graph.RetainedBytes(0));
        Assert.Equal(0, graph.RetainedBytes(1));
    }

    private static long Bytes(int number) => 24 + (8 * (number % 5));

    private static HashSet<int> Reached(List<int>[] edges, int[] roots, int without)
    {
        HashSet<int> reached = [];
        Stack<int> open = new(roots);
        while (open.TryPop(out int number))
        {
            if (number == without || !reached.Add(number))
                continue;
            foreach (int target in edges[number])
                open.Push(target);
        }

        return reached;
    }

    private static ObjectGraph Graph(List<int>[] edges, int[] roots)
    {
        SnapshotDraft draft = Draft(edges, roots);
        return ObjectGraph.TryBuild(draft, new AddressIndex(draft.Objects))!;
    }

    private static ulong Address(int number) => Base + ((ulong)number * 64);

    private static SnapshotDraft Draft(List<int>[] edges, int[] roots, (int Key, int Value)[]? dependents = null)
    {
        SnapshotDraft draft = new(new SnapshotLimits());
        draft.Started(1, 2, GcKind.Blocking);
        for (int i = 0; i < edges.Length; i++)
        {
            draft.AddObject(Address(i), Bytes(i), type: 1, edges[i].Count);
            foreach (int target in edges[i])
                draft.AddReference(Address(target));
        }

        foreach (int root in roots)
            draft.AddRoot(Address(root), RootKind.Handle);
        foreach ((int key, int value) in dependents ?? [])
            draft.AddDependent(Address(key), Address(value));
        draft.Stopped(1);
        return draft;
    }
}
