using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace FragGuard.Collector.Tests.Recordings;

/// <summary>What may happen to the bytes of a recording.</summary>
internal static class Mutation
{
    private static readonly int[] Hostile =
        [int.MaxValue, int.MinValue, -1, 0, 1, 0x7FFF_FFF0, 1 << 24, (16 << 20) - 1, 0xFFFF, 1 << 20];

    /// <param name="starts">Where its blocks begin.</param>
    public static byte[] Of(byte[] whole, IReadOnlyList<int> starts, Random random)
    {
        List<byte> bytes = [.. whole];
        int count = random.Next(1, 4);
        for (int i = 0; i < count; i++)
            Apply(bytes, starts, random);
        return [.. bytes];
    }

    private static void Apply(List<byte> bytes, IReadOnlyList<int> starts, Random random)
    {
        int at = random.Next(bytes.Count);
        int length = Math.Min(random.Next(1, 200), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                for (int i = 0; i < 20; i++)
                    bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
                break;
            case 2:
                byte[] inserted = new byte[length];
                random.NextBytes(inserted);
                bytes.InsertRange(at, inserted);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                (int start, int end) = Block(starts, random);
                if (end <= bytes.Count)
                    bytes.InsertRange(Math.Min(bytes.Count, starts[random.Next(starts.Count)]), bytes.GetRange(start, end - start));
                break;
            case 5:
                (int first, int last) = Block(starts, random);
                if (last <= bytes.Count)
                    bytes.RemoveRange(first, last - first);
                break;
            case 6:
                Put(bytes, at, Hostile[random.Next(Hostile.Length)]);
                break;
            default:
                // The first bytes of a block hold its name, its length, and the header of its first event.
                Put(bytes, starts[random.Next(starts.Count)] + random.Next(80), Hostile[random.Next(Hostile.Length)]);
                break;
        }
    }

    private static (int Start, int End) Block(IReadOnlyList<int> starts, Random random)
    {
        int block = random.Next(starts.Count - 1);
        return (starts[block], starts[block + 1]);
    }

    private static void Put(List<byte> bytes, int at, int number)
    {
        Span<byte> written = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(written, number);
        for (int i = 0; i < written.Length && at + i < bytes.Count; i++)
            bytes[at + i] = written[i];
    }
}
