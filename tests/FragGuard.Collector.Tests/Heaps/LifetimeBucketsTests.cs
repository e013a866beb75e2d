using System;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class LifetimeBucketsTests(ITestOutputHelper output)
{
    [Fact]
    public void Lifetimes_AreInTheBucketThatTheirLogarithmSays()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int i = 0; i < 100_000; i++)
        {
            double lifetime = Math.Pow(2, (random.NextDouble() * 40) - 2);
            Assert.Equal(ByLogarithm(lifetime), LifetimeBuckets.Of(lifetime));
        }

        for (int gcs = 0; gcs < 5_000; gcs++)
            Assert.Equal(ByLogarithm(gcs), LifetimeBuckets.OfGcs(gcs));
    }

    [Fact]
    public void Edges_BelongToTheLowerBucket_EvenIfRounded()
    {
        for (int bucket = 1; bucket < LifetimeBuckets.Count - 1; bucket++)
        {
            double edge = Math.Pow(2, bucket / 4.0);
            Assert.Equal(bucket, LifetimeBuckets.Of(edge));
            Assert.Equal(bucket, LifetimeBuckets.Of(Math.BitIncrement(edge)));
            Assert.Equal(bucket + 1, LifetimeBuckets.Of(edge * 1.0001));
            Assert.InRange(LifetimeBuckets.Middle(bucket), Math.Pow(2, (bucket - 1) / 4.0), edge);
        }
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(-5.0, 0)]
    [InlineData(1.0, 0)]
    [InlineData(double.MaxValue, LifetimeBuckets.Count - 1)]
    [InlineData(double.PositiveInfinity, LifetimeBuckets.Count - 1)]
    public void WhatIsNoLifetime_HasABucketToo(double lifetime, int bucket) => Assert.Equal(bucket, LifetimeBuckets.Of(lifetime));

    private static int ByLogarithm(double lifetime) =>
        lifetime <= 1 ? 0 : (int)Math.Min(LifetimeBuckets.Count - 1, Math.Ceiling((4 * Math.Log2(lifetime)) - 1e-9));
}
