using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Nginx;

namespace FragGuard.Inspection.Tests.Nginx;

public sealed class PackedNumbersTests(ITestOutputHelper output)
{
    [Fact]
    public void Numbers_ComeBackAsTheyWent()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 200; round++)
        {
            long[] numbers = Draw(random, random.Next(0, 3 * PackedNumbers.ChunkNumbers));
            PackedNumbers packed = Pack(numbers);

            Assert.Equal(numbers.Length, packed.Count);
            for (int i = 0; i < numbers.Length; i += random.Next(1, 100))
                Assert.Equal(numbers[i], packed[i]);
            Assert.Equal(numbers, Copied(packed));
        }
    }

    /// <param name="bytes">Of one number.</param>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(9_000_000_000_000_000_000, 0, 0)]
    [InlineData(7, 254, 1)]
    [InlineData(7, 255, 2)]
    [InlineData(1_700_000_000_000, 254, 1)]
    [InlineData(1, 65_534, 2)]
    [InlineData(1, 65_535, 4)]
    [InlineData(1, 4_294_967_294, 4)]
    [InlineData(1, 4_294_967_295, 8)]
    [InlineData(1, long.MaxValue - 1, 8)]
    public void Spread_DecidesTheirBytes(long least, long spread, int bytes)
    {
        PackedNumbers packed = new();

        packed.Add([least, least + spread, least]);

        Assert.Equal(3 * bytes, packed.PackedBytes);
        Assert.Equal([least, least + spread, least], Copied(packed));
    }

    /// <summary>Times of entries of which one never expires lie near each other, and not near 0.</summary>
    [Fact]
    public void Zero_DoesNotWidenTheSpread()
    {
        PackedNumbers packed = new();

        packed.Add([1_700_000_000_000, 0, 1_700_000_000_254]);

        Assert.Equal(3, packed.PackedBytes);
        Assert.Equal([1_700_000_000_000, 0, 1_700_000_000_254], Copied(packed));
    }

    [Fact]
    public void BrokenRules_AreRefused()
    {
        PackedNumbers packed = new();
        packed.Add([1, 2, 3]);

        Assert.Throws<ArgumentException>(() => packed.Add([4]));
        Assert.Throws<ArgumentException>(() => new PackedNumbers().Add(new long[PackedNumbers.ChunkNumbers + 1]));
        Assert.Throws<ArgumentException>(() => new PackedNumbers().Add([1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => packed[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => packed[-1]);
    }

    private static long[] Draw(Random random, int count)
    {
        long[] numbers = new long[count];
        long most = 0;
        for (int i = 0; i < count; i++)
        {
            if (i % PackedNumbers.ChunkNumbers == 0)
                most = random.NextInt64() >> random.Next(1, 63);
            numbers[i] = random.Next(4) == 0 ? 0 : random.NextInt64(Math.Max(1, most));
        }

        return numbers;
    }

    private static PackedNumbers Pack(long[] numbers)
    {
        PackedNumbers packed = new();
        foreach (long[] chunk in numbers.Chunk(PackedNumbers.ChunkNumbers))
            packed.Add(chunk);
        return packed;
    }

    private static List<long> Copied(PackedNumbers packed)
    {
        List<long> copied = [];
        long[] chunk = new long[PackedNumbers.ChunkNumbers];
        for (int at = 0; at < packed.Count; at += chunk.Length)
        {
            packed.CopyTo(at / chunk.Length, chunk);
            copied.AddRange(chunk.Take(packed.Count - at));
        }

        return copied;
    }
}
