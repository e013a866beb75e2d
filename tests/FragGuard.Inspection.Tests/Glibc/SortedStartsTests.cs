using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Tests.Glibc;

public sealed class SortedStartsTests(ITestOutputHelper output)
{
    [Fact]
    public void Index_IsThatOfTheLastStartNotBehind()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 200; round++)
        {
            ulong[] starts = Draw(random, random.Next(0, 6));
            SortedStarts sorted = new(starts);
            for (int i = 0; i < 100; i++)
            {
                ulong value = (ulong)random.Next(1_000);
                Assert.Equal(Array.FindLastIndex(starts, start => start <= value), sorted.IndexOf(value));
            }
        }
    }

    [Fact]
    public void ManyThreads_GetTheirOwnAnswers()
    {
        ulong[] starts = Draw(new Random(1), 40);
        SortedStarts sorted = new(starts);
        Parallel.For(0, 8, thread =>
        {
            Random random = new(thread);
            for (int i = 0; i < 100_000; i++)
            {
                ulong value = (ulong)random.Next(1_000);
                int index = sorted.IndexOf(value);
                if (index != Array.FindLastIndex(starts, start => start <= value))
                    Assert.Fail($"{value} is not at {index}");
            }
        });
    }

    private static ulong[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (ulong)random.Next(1_000)).Distinct().Order()];
}
