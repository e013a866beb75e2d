using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Numbers from 0 on in chunks, each with as many bytes a number as the spread of its chunk needs: 0, 1, 2, 4 or 8. A zero,
/// which often means that there is nothing, does not widen the spread of the others.
/// </summary>
internal sealed class PackedNumbers
{
    /// <summary>Numbers of a chunk; the last one may have fewer.</summary>
    public const int ChunkNumbers = 1 << ChunkShift;

    private const int ChunkShift = 11;

    private readonly List<Chunk> _chunks = [];

    public int Count { get; private set; }

    /// <summary>Bytes that the numbers take, without what each chunk takes besides.</summary>
    public long PackedBytes { get; private set; }

    public long this[int index] => index >= 0 && index < Count
        ? _chunks[index >> ChunkShift].At(index & (ChunkNumbers - 1))
        : throw new ArgumentOutOfRangeException(nameof(index), "There is no such number.");

    /// <exception cref="ArgumentException">The chunk before was not full, this one is too long, or a number is below 0.</exception>
    public void Add(ReadOnlySpan<long> numbers)
    {
        if (Count % ChunkNumbers != 0 || numbers.Length > ChunkNumbers)
            throw new ArgumentException("All chunks but the last one are full.", nameof(numbers));
        if (numbers.IsEmpty)
            return;
        Chunk chunk = Chunk.Of(numbers);
        _chunks.Add(chunk);
        PackedBytes += chunk.Bytes.Length;
        Count += numbers.Length;
    }

    /// <summary>Writes a chunk into the numbers of a span that is long enough for any.</summary>
    public void CopyTo(int chunk, Span<long> into) =>
        _chunks[chunk].CopyTo(into[..Math.Min(ChunkNumbers, Count - (chunk << ChunkShift))]);

    /// <param name="Least">The least number that is not 0; where all are alike, that one.</param>
    /// <param name="Width">Bytes of a number; 0 where all are alike.</param>
    /// <param name="Bytes">0 for 0, else one more than the distance from <paramref name="Least"/>.</param>
    private readonly record struct Chunk(long Least, int Width, byte[] Bytes)
    {
        public static Chunk Of(ReadOnlySpan<long> numbers)
        {
            long least = long.MaxValue;
            long most = 0;
            bool hasZero = false;
            foreach (long number in numbers)
            {
                if (number < 0)
                    throw new ArgumentException("Numbers start at 0.", nameof(numbers));
                hasZero |= number == 0;
                least = Math.Min(least, number == 0 ? long.MaxValue : number);
                most = Math.Max(most, number);
            }

            if (most == 0 || (most == least && !hasZero))
                return new Chunk(most, 0, []);
            var spread = (ulong)(most - least + 1);
            int width = spread <= byte.MaxValue ? 1 : spread <= ushort.MaxValue ? 2 : spread <= uint.MaxValue ? 4 : 8;
            byte[] bytes = GC.AllocateUninitializedArray<byte>(numbers.Length * width);
            switch (width)
            {
                case 1:
                    Pack<byte>(numbers, least, bytes);
                    break;
                case 2:
                    Pack<ushort>(numbers, least, bytes);
                    break;
                case 4:
                    Pack<uint>(numbers, least, bytes);
                    break;
                default:
                    Pack<ulong>(numbers, least, bytes);
                    break;
            }

            return new Chunk(least, width, bytes);
        }

        public long At(int index) => Width switch
        {
            0 => Least,
            1 => Number(Codes<byte>()[index]),
            2 => Number(Codes<ushort>()[index]),
            4 => Number(Codes<uint>()[index]),
            _ => Number((long)Codes<ulong>()[index]),
        };

        public void CopyTo(Span<long> into)
        {
            switch (Width)
            {
                case 0:
                    into.Fill(Least);
                    break;
                case 1:
                    Unpack<byte>(into);
                    break;
                case 2:
                    Unpack<ushort>(into);
                    break;
                case 4:
                    Unpack<uint>(into);
                    break;
                default:
                    Unpack<ulong>(into);
                    break;
            }
        }

        private static void Pack<T>(ReadOnlySpan<long> numbers, long least, byte[] into)
            where T : unmanaged, IBinaryInteger<T>
        {
            Span<T> codes = MemoryMarshal.Cast<byte, T>(into.AsSpan());
            for (int i = 0; i < codes.Length; i++)
                codes[i] = T.CreateTruncating(numbers[i] == 0 ? 0 : numbers[i] - least + 1);
        }

        private void Unpack<T>(Span<long> into)
            where T : unmanaged, IBinaryInteger<T>
        {
            ReadOnlySpan<T> codes = Codes<T>()[..into.Length];
            for (int i = 0; i < into.Length; i++)
                into[i] = Number(long.CreateTruncating(codes[i]));
        }

        private ReadOnlySpan<T> Codes<T>()
            where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

        private long Number(long code) => code == 0 ? 0 : Least - 1 + code;
    }
}
