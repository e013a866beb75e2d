using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading;

namespace Verdicts;

/// <summary>Two pools of the same make: the sizes of one come at different times, those of the other are always out.</summary>
internal static class MixedPools
{
    private const int Arrays = 16;

    public static void Run()
    {
        List<byte[]> pages = [];
        for (int i = 0; i < Arrays; i++)
            pages.Add(Steady.Page());
        for (int i = 0; i < Arrays; i++)
            Alternating.Lend(Alternating.Page);
        Alternating.ReturnAll();
        for (int round = 0; round < 200; round++)
        {
            for (int i = 0; i < Arrays; i++)
                Alternating.Lend(Alternating.Header);
            byte[] header = Steady.Header();
            Thread.Sleep(5);
            Steady.Return(header);
            Alternating.ReturnAll();
        }

        GC.KeepAlive(pages);
    }
}

internal static class Alternating
{
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(1 << 20, 16); // FG2011
    private static readonly List<byte[]> Lent = [];

    public static byte[] Header() => Pool.Rent(100);

    public static byte[] Page() => Pool.Rent(1 << 20);

    public static void Lend(Func<byte[]> rent) => Lent.Add(rent());

    public static void ReturnAll()
    {
        foreach (byte[] array in Lent)
            Pool.Return(array);
        Lent.Clear();
    }
}

internal static class Steady
{
    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(1 << 20, 16); // fg2011

    public static byte[] Header() => Pool.Rent(100);

    public static byte[] Page() => Pool.Rent(1 << 20);

    public static void Return(byte[] array) => Pool.Return(array);
}
