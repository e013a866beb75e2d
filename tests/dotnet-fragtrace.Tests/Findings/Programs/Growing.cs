using System;
using System.Collections.Generic;

namespace Verdicts;

/// <summary>Lists that grow past the large-object threshold: for every request, once among much else, and never.</summary>
internal static class Growing
{
    private const int Requests = 100;

    public static void Run()
    {
        long sum = Once();
        for (int i = 0; i < Requests; i++)
        {
            sum += PerRequest();
            sum += new byte[200_000].Length;
            if (i % 20 == 0)
                GC.Collect();
        }

        GC.Collect();
        if (sum == 0)
            Unused();
    }

    private static long PerRequest()
    {
        List<long> squares = new(); // FG3002
        for (int i = 0; i < 9_000; i++)
            squares.Add((long)i * i);
        return squares[^1];
    }

    private static long Once()
    {
        List<long> cubes = new(); // fg3002
        for (int i = 0; i < 9_000; i++)
            cubes.Add((long)i * i * i);
        return cubes[^1];
    }

    private static void Unused()
    {
        List<long> odd = new(); // unused
        for (int i = 0; i < 9_000; i++)
            odd.Add((2 * i) + 1);
        Console.WriteLine(odd.Count);
    }
}
