using System;
using System.Collections.Generic;
using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Tests.Pools;

public sealed class ArrayBirthTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("System.Byte", 24 + 4096, 4096, 1)]
    [InlineData("System.Char", 24 + 32, 16, 2)]
    [InlineData("System.Byte", 24 + 17 + 7, 17, 1)]
    [InlineData("App.Price", 24 + (24 * 128), 128, 24)]
    [InlineData("System.Byte", 131_072 + 24 + 32, 131_072, 1)]
    [InlineData("System.String", 24 + (8 * 64), 64, 8)]
    public void ArrayOfThatLength_TellsTheSizeOfAnElement(string type, long objectBytes, int length, int expected) =>
        Assert.Equal(expected, new ArrayBirth(type, objectBytes, 8).ElementBytesAt(length));

    [Theory]
    [InlineData("System.Byte", 24 + 8192, 4096)]
    [InlineData("System.Char", 24 + 4096, 4096)]
    [InlineData("App.Price", 24 + 4096 + 8, 4096)]
    [InlineData("App.Price", 24, 16)]
    [InlineData("App.Price", 24 + 16, 0)]
    [InlineData("App.Price", 24 + (1025 * 16), 16)]
    public void ArrayOfAnotherLength_TellsNothing(string type, long objectBytes, int length) =>
        Assert.Null(new ArrayBirth(type, objectBytes, 8).ElementBytesAt(length));

    [Fact]
    public void PoolOf32BitProcess_HasSmallerHeadersAndReferences() =>
        Assert.Equal(4, new ArrayBirth("System.String", 12 + (4 * 64), 4).ElementBytesAt(64));

    [Fact]
    public void Votes_NeedTwoThirds()
    {
        ElementVotes votes = new();
        votes.Add("System.Byte", 1);
        votes.Add("System.Byte", 1);
        votes.Add("System.Char", 2);
        PoolElement agreed = votes.Build();
        votes.Add("System.Char", 2);

        Assert.Equal(new PoolElement("System.Byte", 1, ElementSource.Allocation), agreed);
        Assert.Equal(PoolElement.Unknown, votes.Build());
        Assert.Equal(PoolElement.Unknown, new ElementVotes().Build());
    }

    [Fact]
    public void Threads_AreForgottenInTime()
    {
        ArrayBirths births = new();
        for (int thread = 0; thread < 1_000_000; thread++)
            births.Add(thread, new ArrayBirth("System.Byte", 40, 8));

        Assert.True(births.TryTake(999_999, out _));
        Assert.False(births.TryTake(999_999, out _));
        Assert.False(births.TryTake(1, out _));
    }

    [Fact]
    public void BirthsOfManyThreads_AreEachTheirOwn()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        ArrayBirths births = new();
        Dictionary<long, ArrayBirth> expected = [];
        for (int i = 0; i < 100_000; i++)
        {
            long thread = random.Next(random.Next(2) == 0 ? 20 : 2_000);
            switch (random.Next(3))
            {
                case 0:
                    expected[thread] = new ArrayBirth("System.Byte", i, 8);
                    births.Add(thread, expected[thread]);
                    break;
                case 1:
                    expected.Remove(thread);
                    births.Forget(thread);
                    break;
                default:
                    Assert.Equal(expected.Remove(thread, out ArrayBirth birth), births.TryTake(thread, out ArrayBirth taken));
                    Assert.Equal(birth, taken);
                    break;
            }
        }
    }
}
