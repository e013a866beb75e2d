using System;
using System.Collections.Generic;

namespace Verdicts;

/// <summary>A cache of large arrays of one size that tells nobody of itself.</summary>
internal sealed class RawCache
{
    private const int Entries = 250;

    private readonly Dictionary<int, byte[]> _pages = [];

    /// <param name="replacements">Entries that give way to new ones once the cache is full.</param>
    public static void Run(int replacements)
    {
        Random random = new(42);
        RawCache cache = new();
        for (int key = 0; key < Entries; key++)
            cache.Store(key);
        for (int i = 0; i < replacements; i++)
        {
            int key = random.Next(Entries);
            cache.Drop(key);
            cache.Store(key);
        }

        for (int i = 0; replacements == 0 && i < 6; i++)
            GC.Collect();
        GC.KeepAlive(cache);
    }

    public void Store(int key) => _pages[key] = new byte[200_000]; // FG1006

    public void Drop(int key) => _pages.Remove(key);
}
