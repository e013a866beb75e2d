namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>Positions of set bits in a map of bins.</summary>
internal static class BitScan
{
    private static readonly byte[] Positions =
    [
        0, 1, 28, 2, 29, 14, 24, 3, 30, 22, 20, 15, 25, 17, 4, 8, 31, 27, 13, 23, 21, 19, 16, 7, 26, 12, 18, 6, 11, 5, 10, 9,
    ];

    /// <summary>Index of the lowest set bit (by de Bruijn's sequence); the map must not be 0.</summary>
    public static int Lowest(uint map) => Positions[unchecked((map & (~map + 1)) * 0x077C_B531u) >> 27];

    /// <summary>Index of the highest set bit; the map must not be 0.</summary>
    public static int Highest(uint map)
    {
        int highest = 0;
        for (int step = 16; step > 0; step >>= 1)
        {
            if (map >> step == 0)
                continue;
            map >>= step;
            highest += step;
        }

        return highest;
    }

    /// <summary>All bits above the lowest set one.</summary>
    public static uint Above(uint map) => unchecked((map << 1) | (~(map << 1) + 1));
}
