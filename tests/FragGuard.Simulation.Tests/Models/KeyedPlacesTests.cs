using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models;

public sealed class KeyedPlacesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4_096)]
    [InlineData(3, 1L << 40)]
    [InlineData(4, -7)]
    public void RandomChanges_MatchADictionary(ulong seed, long step)
    {
        SeededRandom random = new(seed);
        KeyedPlaces<int> places = new();
        Dictionary<long, int> expected = [];
        Dictionary<long, int> placeOf = [];
        for (int i = 0; i < 20_000; i++)
        {
            long key = unchecked(random.Next(0, 700) * step);
            if (expected.Remove(key, out int known))
            {
                int left = places.Remove(key);
                Assert.Equal((placeOf[key], known), (left, places[left]));
                Assert.Equal(KeyedPlaces<int>.None, places.Remove(key));
            }
            else
            {
                Assert.Equal(KeyedPlaces<int>.None, places.Find(key));
                expected.Add(key, i);
                placeOf[key] = places.Add(key, i);
                Assert.Equal(key, places.KeyAt(placeOf[key]));
            }

            Assert.Equal(expected.Count, places.Count);
        }

        Assert.Equal(
            expected.OrderBy(pair => pair.Key),
            places.All.Select(place => KeyValuePair.Create(places.KeyAt(place), places[place])).OrderBy(pair => pair.Key));
        Assert.All(expected, pair => Assert.Equal(placeOf[pair.Key], places.Find(pair.Key)));
    }

    [Fact]
    public void PlaceLeftLast_IsTakenFirst()
    {
        KeyedPlaces<int> places = new();
        int[] taken = Enumerable.Range(0, 20).Select(key => places.Add(key, key)).ToArray();
        places.Remove(3);
        places.Remove(11);

        Assert.Equal([taken[11], taken[3]], [places.Add(100, 0), places.Add(101, 0)]);
    }
}
