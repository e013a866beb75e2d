namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// What is known of a page that begins a free or a used block, in one byte: use, migrate type and order. Every other
/// page is <see cref="Inside"/>.
/// </summary>
internal static class PageState
{
    /// <summary>The page begins no block: it is inside one, or nobody said what it holds.</summary>
    public const byte Inside = 0;

    private const int FreeBit = 0x80;
    private const int UsedBit = 0x40;
    private const int TypeShift = 4;
    private const int TypeMask = 3;
    private const int OrderMask = 0x0F;

    public static byte Free(int order, int type) => (byte)(FreeBit | (type << TypeShift) | order);

    public static byte Used(int order, int type) => (byte)(UsedBit | (type << TypeShift) | order);

    public static bool IsFree(byte state) => (state & FreeBit) != 0;

    public static bool IsUsed(byte state) => (state & UsedBit) != 0;

    public static bool IsFree(byte state, int order) => (state & (FreeBit | OrderMask)) == (FreeBit | order);

    public static int Order(byte state) => state & OrderMask;

    public static int Type(byte state) => (state >> TypeShift) & TypeMask;
}
