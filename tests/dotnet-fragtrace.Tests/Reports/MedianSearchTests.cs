using System;
using System.Linq;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class MedianSearchTests(ITestOutputHelper output)
{
    [Fact]
    public void Median_IsTheOneInTheMiddleOfTheSortedNumbers()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 1_000; round++)
        {
            long offset = random.NextInt64() >> random.Next(1, 63);
            long spread = random.NextInt64() >> random.Next(1, 63);
            long[] numbers = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => offset + random.NextInt64(spread / 2, spread + 1))];

            Assert.Equal(numbers.Order().ElementAt(numbers.Length / 2), Median(numbers, out _));
        }
    }

    [Fact]
    public void Times_AreFoundInTwoRounds()
    {
        Random random = new(1);
        long[] numbers = [.. Enumerable.Range(0, 10_000).Select(_ => 1_700_000_000_000 + random.Next(1 << 28))];

        Assert.Equal(numbers.Order().ElementAt(numbers.Length / 2), Median(numbers, out int rounds));
        Assert.Equal(2, rounds);
    }

    [Theory]
    [InlineData(new[] { 5L }, 5, 0)]
    [InlineData(new[] { 7L, 7, 7 }, 7, 0)]
    [InlineData(new[] { 0, long.MaxValue }, long.MaxValue, 5)]
    [InlineData(new[] { 0, 0, long.MaxValue }, 0, 5)]
    public void Ends_AreFoundToo(long[] numbers, long median, int mostRounds)
    {
        Assert.Equal(median, Median(numbers, out int rounds));
        Assert.InRange(rounds, 0, mostRounds);
    }

    [Fact]
    public void NoNumbers_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MedianSearch(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MedianSearch(2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MedianSearch(-1, 1, 1));
    }

    private static long Median(long[] numbers, out int rounds)
    {
        MedianSearch search = new(numbers.Min(), numbers.Max(), numbers.Length);
        for (rounds = 0; search.Median is null; rounds++)
        {
            foreach (long number in numbers)
                search.Add(number);
            search.Narrow();
        }

        return search.Median.Value;
    }
}
