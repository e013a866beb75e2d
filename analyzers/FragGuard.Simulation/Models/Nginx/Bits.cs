namespace FragGuard.Simulation.Models.Nginx;

/// <summary>Bit scans by multiplication with a de Bruijn sequence (Leiserson, Prokop and Randall, 1998).</summary>
internal static class Bits
{
    private const ulong Sequence = 0x03F79D71B4CB0A89;

    private static readonly byte[] Positions = PositionsOf(Sequence);

    /// <summary>Index of the lowest clear bit of a word that has one.</summary>
    public static int LowestClear(ulong word)
    {
        ulong clear = ~word;
        return Positions[unchecked((clear & (0 - clear)) * Sequence) >> 58];
    }

    private static byte[] PositionsOf(ulong sequence)
    {
        byte[] positions = new byte[64];
        for (int bit = 0; bit < 64; bit++)
            positions[unchecked(sequence << bit) >> 58] = (byte)bit;
        return positions;
    }
}
