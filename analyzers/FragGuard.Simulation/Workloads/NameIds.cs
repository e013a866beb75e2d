using System.Globalization;
using System.Text;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// The id that stands for a name: a pure function of its bytes, so that no table of names is needed however many there
/// are. A number of at most 18 digits is itself and a name of at most eight ASCII characters is those characters, so these
/// never meet; any other is 61 bits of a hash. Two given long names share an id with a chance of 2^-61: where a million of
/// them live at any time, storing a billion new ones meets a live one with a chance below 1 in 2,000.
/// </summary>
internal static class NameIds
{
    /// <summary>Lines of a workload that may generate.</summary>
    public const int MostGenerators = 1 << 20;

    private const long Packed = 1L << 61;
    private const long Drawn = Packed | (1L << 60);
    private const long Hashed = 1L << 62;
    private const int LineShift = 40;
    private const int MaxDigits = 18;
    private const int MaxPackedLength = 8;
    private const int LengthShift = 56;

    /// <returns>0 or more.</returns>
    public static long Of(byte[] name, int start, int length)
    {
        if (length <= MaxDigits && TryNumber(name, start, length, out long number))
            return number;
        return length <= MaxPackedLength && TryPack(name, start, length, out long packed)
            ? Packed | packed
            : Hashed | (long)(HashOf(name, start, length) >> 3);
    }

    /// <summary>The id of a block that a line of the workload generates.</summary>
    /// <param name="line">Number of the line among those that generate, below <see cref="MostGenerators"/>.</param>
    /// <param name="number">Number of the block, below 2^40.</param>
    public static long Generated(int line, long number) => Drawn | ((long)line << LineShift) | number;

    /// <summary>The name, if the id tells it.</summary>
    public static string? TextOf(long id)
    {
        if (id < Packed)
            return id.ToString(CultureInfo.InvariantCulture);
        if (id >= Hashed)
            return null;
        if (id >= Drawn)
        {
            long drawn = id ^ Drawn;
            return string.Format(
                CultureInfo.InvariantCulture, "generated:{0}:{1}", drawn >> LineShift, drawn & ((1L << LineShift) - 1));
        }

        int length = (int)((id ^ Packed) >> LengthShift);
        StringBuilder text = new(length);
        for (int i = length - 1; i >= 0; i--)
            text.Append((char)((id >> (7 * i)) & 0x7F));
        return text.ToString();
    }

    /// <summary>Numbers as they are usually written: 7 and 0 are, 07 is a name of its own.</summary>
    private static bool TryNumber(byte[] name, int start, int length, out long number)
    {
        number = 0;
        if (length == 0 || (name[start] == '0' && length > 1))
            return false;
        for (int i = start; i < start + length; i++)
        {
            int digit = name[i] - '0';
            if ((uint)digit > 9)
                return false;
            number = (number * 10) + digit;
        }

        return true;
    }

    private static bool TryPack(byte[] name, int start, int length, out long packed)
    {
        packed = 0;
        for (int i = start; i < start + length; i++)
        {
            if (name[i] >= 0x80)
                return false;
            packed = (packed << 7) | name[i];
        }

        packed |= (long)length << LengthShift;
        return true;
    }

    /// <summary>FNV-1a by byte, its bits mixed once more as SplitMix64 mixes its own.</summary>
    private static ulong HashOf(byte[] name, int start, int length)
    {
        unchecked
        {
            ulong hash = 14_695_981_039_346_656_037;
            for (int i = start; i < start + length; i++)
                hash = (hash ^ name[i]) * 1_099_511_628_211;
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
            return hash ^ (hash >> 31);
        }
    }
}
