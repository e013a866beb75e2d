using System;
using System.Collections.Generic;
using FragGuard.Collector.Events;

namespace FragGuard.Collector.Tests.Events;

public sealed class BlockCursorTests(ITestOutputHelper output)
{
    [Fact]
    public void NumbersOfAnyLength_AreReadUpToTheLastByteOfTheBlock()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int round = 0; round < 2_000; round++)
        {
            ulong[] numbers = new ulong[random.Next(1, 12)];
            List<byte> block = [];
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = (ulong)random.NextInt64() * 2 >> random.Next(64);
                ulong rest = numbers[i];
                for (; rest >= 0x80; rest >>= 7)
                    block.Add((byte)(rest | 0x80));
                block.Add((byte)rest);
            }

            BlockCursor cursor = new(block.ToArray(), 0);
            foreach (ulong number in numbers)
                Assert.Equal(number, cursor.ReadVariable());
            Assert.True(cursor.IsAtEnd);
        }
    }

    [Theory]
    [InlineData(9)]
    [InlineData(3)]
    [InlineData(0)]
    public void NumberWithoutAnEnd_IsDamage(int bytes)
    {
        byte[] block = new byte[bytes];
        Array.Fill(block, (byte)0x81);

        Assert.Throws<RecordingDamagedException>(() => new BlockCursor(block, 0).ReadVariable());
    }

    [Fact]
    public void NumberOfMoreThanTenBytes_IsDamage()
    {
        byte[] block = new byte[12];
        Array.Fill(block, (byte)0x80, 0, 11);

        Assert.Throws<RecordingDamagedException>(() => new BlockCursor(block, 0).ReadVariable());
    }
}
