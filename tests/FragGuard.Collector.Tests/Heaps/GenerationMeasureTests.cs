using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class GenerationMeasureTests
{
    [Theory]
    [InlineData(1_000, 200, 300, 500)]
    [InlineData(1_000, 700, 300, 1_000)]
    [InlineData(1_000, 700, 301, 1_000)]
    [InlineData(0, 0, 1_584, 0)]
    [InlineData(-1, 0, 24, 0)]
    public void Free_IsAtMostTheSize(long size, long freeList, long freeObjects, long free)
    {
        GenerationMeasure measure = new(0, size, 0, freeList, freeObjects);

        Assert.Equal(free, measure.FreeBytesAfter);
        Assert.Equal(size <= 0 ? 0 : (double)free / size, measure.Fragmentation);
    }
}
