using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Collector.Tests.Target;

/// <summary>Caches of every kind that a snapshot knows, in static fields, with what is in them.</summary>
internal static class KnownCaches
{
    private const int Entries = 1_500;
    private const int Shared = 120;

    private static readonly MemoryCache s_prices = new(new MemoryCacheOptions());
    private static readonly ConcurrentDictionary<string, byte[]> s_pages = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<int, long> s_numbers = new();
    private static readonly Dictionary<string, byte[]?> s_files = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal);
    private static readonly Dictionary<int, byte[]> s_blocks = [];
    private static readonly Dictionary<string, object> s_mixed = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, object?> s_things = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, IComparable> s_ranks = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, Version?> s_versions = new(StringComparer.Ordinal);
    private static readonly Dictionary<int, byte[]> s_twice = [];
    private static readonly MemoryCache s_orders = new(new MemoryCacheOptions());
    private static readonly MemoryCache s_echoes = new(new MemoryCacheOptions());
    private static readonly ConditionalWeakTable<object, byte[]> s_notes = [];
    private static readonly List<byte[]> s_shared = [];
    private static object? s_owner;

    public static void Show()
    {
        Fill();
        HeapShapes.Wait();
        Truth.Say("prices", s_prices.Count, Enumerable.Range(0, Entries).Sum(i => ArrayBytes(PriceLength(i))));
        Truth.Say("pages", s_pages.Count, s_pages.Sum(page => StringBytes(page.Key)), s_pages.Values.Sum(page => ArrayBytes(page.Length)), Entries - Shared);
        Truth.Say("tables", Part("_buckets").Length, Part("_locks").Length);
        Truth.Say("numbers", s_numbers.Count);
        Truth.Say("files", s_files.Count, s_files.Values.Sum(file => file is null ? 0 : ArrayBytes(file.Length)));
        Truth.Say("names", s_names.Count, s_names.Values.Sum(StringBytes));
        Truth.Say("blocks", s_blocks.Count, s_blocks.Values.Sum(block => ArrayBytes(block.Length)));
        Truth.Say("shared", Shared);
        Truth.Say("orders", s_orders.Count, Entries * (CacheEntry.Bytes + ArrayBytes(400)));
        Truth.Say("notes", s_notes.TryGetValue(s_owner!, out byte[]? note) ? note.Length : 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill()
    {
        for (int i = 0; i < Entries; i++)
        {
            string key = "key " + i.ToString(CultureInfo.InvariantCulture);
            s_prices.Set(key, new byte[PriceLength(i)]);
            byte[] page = new byte[100 + (i * 3)];
            s_pages[key + " of a page"] = page;
            if (i < Shared)
                s_shared.Add(page);
            s_numbers[i] = i;
            s_files[key + " of a file"] = i % 10 == 0 ? null : new byte[i];
            s_names[key + " of a name"] = "name " + i.ToString(CultureInfo.InvariantCulture);
            s_blocks[i] = new byte[2 * i];
            s_mixed[key + " mixed"] = i % 2 == 0 ? new byte[i] : key;
            s_things[key + " of a thing"] = i % 2 == 0 ? new byte[i] : new List<int>(i);
            s_ranks[key + " of a rank"] = "rank " + key;
            s_versions[key + " of a version"] = i % 3 == 0 ? null : new Version(1, i);
            s_twice[i] = i < Shared ? s_pages[key + " of a page"] : new byte[8 * (1 + (i % 2))];
            if (i % 4 == 0)
                s_twice[Entries + i] = s_twice[i];
            s_orders.Set(key, new CacheEntry(new byte[400]));
            string echo = key + " of an echo";
            s_echoes.Set(echo, echo);
        }

        for (int i = 0; i < Entries; i += 7)
            s_files.Remove("key " + i.ToString(CultureInfo.InvariantCulture) + " of a file");
        s_owner = new object();
        s_notes.Add(s_owner, new byte[54_321]);
    }

    private static int PriceLength(int i) => 50 + (i % 400);

    private static long ArrayBytes(int length) => (length + 24L + 7) & ~7L;

    private static long StringBytes(string text) => (22 + (2L * text.Length) + 7) & ~7L;

    private static Array Part(string field)
    {
        const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance;
        object tables = s_pages.GetType().GetField("_tables", Hidden)!.GetValue(s_pages)!;
        return (Array)tables.GetType().GetField(field, Hidden)!.GetValue(tables)!;
    }

    /// <summary>Named like the cache's own type of entries.</summary>
    private sealed class CacheEntry(byte[] payload)
    {
        public const int Bytes = 24;

        public byte[] Payload { get; } = payload;
    }
}
