using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.SizeClassed.Jemalloc;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

public sealed class ExtentHeapTests
{
    private const ulong Seed = 7;

    /// <summary>Extents come and go, the first one and any other, against a list that is searched.</summary>
    [Fact]
    public void First_IsTheOldestAndLowest()
    {
        SeededRandom random = new(Seed);
        PageExtents extents = new();
        ExtentHeap heap = new(extents);
        List<int> members = [];
        List<int> others = [.. Enumerable.Range(0, 200).Select(_ => extents.Map(4_096, random.Next(1, 20), arena: 0))];
        for (int i = 0; i < 5_000; i++)
        {
            bool adds = members.Count == 0 || (others.Count > 0 && random.Next(0, 1) == 0);
            List<int> from = adds ? others : members;
            int moved = !adds && random.Next(0, 1) == 0 ? heap.First : from[(int)random.Next(0, from.Count - 1)];
            from.Remove(moved);
            if (adds)
            {
                heap.Add(moved);
                members.Add(moved);
            }
            else
            {
                heap.Remove(moved);
                others.Add(moved);
            }

            int expected = members.Count == 0
                ? -1
                : members.OrderBy(extent => extents[extent].Serial).ThenBy(extent => extents[extent].Start).First();
            Assert.True(expected == heap.First, $"seed {Seed}, change {i}: {heap.First} is first instead of {expected}");
            Assert.Equal(members.Count == 0, heap.IsEmpty);
        }
    }
}
