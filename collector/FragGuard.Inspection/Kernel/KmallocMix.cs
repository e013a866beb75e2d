using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Kernel;

/// <summary>kmalloc requests by the size granted and by the code that asks, from the lines of a trace.</summary>
public sealed class KmallocMix
{
    private const int MostSites = 1 << 16;
    private const int LongestSite = 96;
    private const string Others = "others";

    private readonly Dictionary<long, KmallocSum> _sizes = [];
    private readonly Dictionary<string, KmallocSum> _sites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (KmallocSum Size, KmallocSum Site)> _live = new(StringComparer.Ordinal);

    public long Requests { get; private set; }

    /// <summary>Granted bytes and what was asked for at that size, most granted bytes first.</summary>
    public IReadOnlyList<(long GrantedBytes, KmallocSum Sum)> Sizes =>
        [.. _sizes.OrderByDescending(size => size.Value.GrantedBytes).ThenBy(size => size.Key).Select(size => (size.Key, size.Value))];

    /// <summary>Code as the kernel names it, most granted bytes first.</summary>
    public IReadOnlyList<(string CallSite, KmallocSum Sum)> Sites =>
        [.. _sites.OrderByDescending(site => site.Value.GrantedBytes).ThenBy(site => site.Key, StringComparer.Ordinal)
            .Select(site => (site.Key, site.Value))];

    /// <summary>Takes a line of a trace; others than of kmalloc, kmalloc_node and kfree are passed over.</summary>
    public void Add(string line)
    {
        int at = line.LastIndexOf(": call_site=", StringComparison.Ordinal);
        if (at < 0)
            return;
        ReadOnlySpan<char> before = line.AsSpan(0, at);
        ReadOnlySpan<char> values = line.AsSpan(at + 2);
        if (before.EndsWith(": kfree"))
            _ = Free(Value(values, "ptr="));
        else if (before.EndsWith(": kmalloc") || before.EndsWith(": kmalloc_node"))
            Allocate(values);
    }

    private void Allocate(ReadOnlySpan<char> values)
    {
        string pointer = Value(values, "ptr=");
        string site = Value(values, "call_site=");
        if (!KernelNumber.TryParse(Value(values, "bytes_req="), out long requested)
            || !KernelNumber.TryParse(Value(values, "bytes_alloc="), out long granted)
            || site.Length is 0 or > LongestSite || site.Any(letter => letter is <= ' ' or >= '\u007f'))
        {
            return;
        }

        Requests++;
        KmallocSum bySize = SumOf(_sizes, granted);
        KmallocSum bySite = SumOf(_sites, _sites.Count < MostSites || _sites.ContainsKey(site) ? site : Others);
        bySize.Add(requested, granted);
        bySite.Add(requested, granted);
        _ = Free(pointer);
        _live[pointer] = (bySize, bySite);
        bySize.Live++;
        bySite.Live++;
    }

    private bool Free(string pointer)
    {
        if (!_live.Remove(pointer, out (KmallocSum Size, KmallocSum Site) block))
            return false;
        block.Size.Live--;
        block.Site.Live--;
        return true;
    }

    private static KmallocSum SumOf<TKey>(Dictionary<TKey, KmallocSum> sums, TKey key)
        where TKey : notnull
    {
        if (!sums.TryGetValue(key, out KmallocSum? sum))
            sums.Add(key, sum = new KmallocSum());
        return sum;
    }

    private static string Value(ReadOnlySpan<char> values, string key)
    {
        int at = values.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
            return "";
        ReadOnlySpan<char> value = values[(at + key.Length)..];
        int end = value.IndexOf(' ');
        return (end < 0 ? value : value[..end]).ToString();
    }
}
