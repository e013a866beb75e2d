using System;
using System.Collections.Generic;
using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Tests.Pools;

public sealed class RentsOutTests
{
    private static readonly RentDraft First = new();
    private static readonly RentDraft Second = new();

    [Fact]
    public void ArraysOfOneIdentity_ComeBackLastOneFirst()
    {
        RentsOut rents = new();
        rents.TryAdd((1, 16, 7), First);
        rents.TryAdd((1, 16, 7), Second);

        Assert.Same(Second, rents.Remove((1, 16, 7)));
        Assert.Same(First, rents.Remove((1, 16, 7)));
        Assert.Null(rents.Remove((1, 16, 7)));
    }

    [Theory]
    [InlineData(2, 16, 7)]
    [InlineData(1, 32, 7)]
    [InlineData(1, 16, 8)]
    public void AnotherPoolLengthOrIdentity_IsAnotherArray(int pool, int length, int buffer)
    {
        RentsOut rents = new();
        rents.TryAdd((1, 16, 7), First);

        Assert.Null(rents.Remove((pool, length, buffer)));
        Assert.Equal(1, rents.Count);
    }

    [Fact]
    public void RentsAndReturnsInAnyOrder_AreThoseOfStacks()
    {
        const int seed = 11;
        Random random = new(seed);
        RentsOut rents = new();
        Dictionary<int, Stack<RentDraft>> expected = [];
        for (int i = 0; i < 20_000; i++)
        {
            int buffer = random.Next(200);
            if (!expected.TryGetValue(buffer, out Stack<RentDraft>? stack))
                expected[buffer] = stack = new Stack<RentDraft>();
            if (random.Next(2) == 0)
            {
                RentDraft rent = new();
                stack.Push(rent);
                Assert.True(rents.TryAdd((1, 16, buffer), rent));
            }
            else
            {
                Assert.Same(stack.TryPop(out RentDraft? last) ? last : null, rents.Remove((1, 16, buffer)));
            }
        }
    }

    [Fact]
    public void OneMoreThanFits_IsLeftOut_UntilOneComesBack()
    {
        RentsOut rents = new();
        for (int i = 0; i < RentsOut.Max; i++)
            Assert.True(rents.TryAdd((1, 16, i), First));

        Assert.False(rents.TryAdd((1, 16, -1), First));
        rents.Remove((1, 16, 5));
        Assert.True(rents.TryAdd((1, 16, -1), First));
    }
}
