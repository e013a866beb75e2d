using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models;

public sealed class KeyedEntriesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RandomChanges_KeepTheOrderOfAList(ulong seed)
    {
        SeededRandom random = new(seed);
        KeyedEntries<int> entries = new();
        List<long> newestFirst = [];
        for (int i = 0; i < 5_000; i++)
        {
            long key = random.Next(0, 60);
            int entry = entries.Find(key);
            bool isThere = newestFirst.Remove(key);
            Assert.Equal(isThere, entry != KeyedEntries<int>.None);
            if (!isThere)
            {
                entries.Add(key, i);
                newestFirst.Insert(0, key);
            }
            else if (random.Next(0, 1) == 0)
            {
                entries.MakeNewest(entry);
                newestFirst.Insert(0, key);
            }
            else
            {
                entries.Remove(entry);
            }

            Assert.Equal(newestFirst.Count, entries.Count);
        }

        Assert.Equal(newestFirst, NewestFirst(entries));
        newestFirst.Reverse();
        Assert.Equal(newestFirst, OldestFirst(entries));
    }

    private static IEnumerable<long> NewestFirst(KeyedEntries<int> entries)
    {
        for (int entry = entries.Newest; entry != KeyedEntries<int>.None; entry = entries.OlderThan(entry))
            yield return entries.KeyOf(entry);
    }

    private static IEnumerable<long> OldestFirst(KeyedEntries<int> entries)
    {
        for (int entry = entries.Oldest; entry != KeyedEntries<int>.None; entry = entries.NewerThan(entry))
            yield return entries.KeyOf(entry);
    }
}
