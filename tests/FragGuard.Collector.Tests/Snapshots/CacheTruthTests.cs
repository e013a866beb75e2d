using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Snapshots;
using FragGuard.Collector.Snapshots.Caches;

namespace FragGuard.Collector.Tests.Snapshots;

/// <summary>Caches found in the object graph against what the program put into them.</summary>
public class CacheTruthTests : IAsyncLifetime
{
    private const int NodeBytes = 48;
    private const int LockBytes = 24 + sizeof(long) + sizeof(int);

    /// <summary>The dictionary, its tables, its comparer, and the heads of its three arrays.</summary>
    private const int FixedBytes = 400;

    private readonly TargetRuntime _runtime;
    private ObjectSnapshot _snapshot = null!;
    private TruthLines _truth = null!;

    public CacheTruthTests()
        : this(TargetRuntime.Own)
    {
    }

    private protected CacheTruthTests(TargetRuntime runtime) => _runtime = runtime;

    public async ValueTask InitializeAsync()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync(_runtime.Command("caches"), []);
        _snapshot = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions());
        _truth = await shown.TellAsync();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void MemoryCache_HasItsEntriesAndTheirValues()
    {
        CacheMap prices = Cache("s_prices");
        long[] told = _truth.One("prices");

        Assert.Equal(CacheKind.MemoryCache, prices.Kind);
        Assert.Equal("Microsoft.Extensions.Caching.Memory.MemoryCache", prices.Type);
        Assert.Equal(told[0], prices.Entries);
        Assert.Equal(0, prices.SharedValues);
        Assert.Equal((told[0], told[1]), (prices.ValueBytes!.Count, prices.ValueBytes.TotalBytes));
        Assert.Equal((80, 480), (prices.ValueBytes.MinBytes, prices.ValueBytes.MaxBytes));
        TypeShare entry = _snapshot.Types.Single(
            type => string.Equals(type.Type, "Microsoft.Extensions.Caching.Memory.CacheEntry", StringComparison.Ordinal));
        long entries = told[0] * entry.Bytes / entry.Objects;
        Assert.InRange(prices.RetainedBytes, told[1] + entries + (told[0] * NodeBytes), (told[1] + entries + (told[0] * NodeBytes)) * 2);
        Assert.DoesNotContain(_snapshot.Caches!, cache => cache.Type.Contains("CacheEntry", StringComparison.Ordinal));
    }

    // Retained = nodes + keys + values that are only here + buckets and locks + a fixed part. The values of s_shared are
    // kept alive by a list as well: they are no part of it.
    [Fact]
    public void ConcurrentDictionary_RetainsWhatOnlyItHolds()
    {
        CacheMap pages = Cache("s_pages");
        long[] told = _truth.One("pages");
        long[] tables = _truth.One("tables");

        Assert.Equal(told[0], pages.Entries);
        Assert.Equal(_truth.One("shared")[0], pages.SharedValues);
        Assert.Equal(told[3], pages.ValueBytes!.Count);
        long shared = told[2] - pages.ValueBytes.TotalBytes;
        Assert.Equal(Enumerable.Range(0, 120).Sum(i => (100L + (i * 3) + 24 + 7) & ~7L), shared);
        long known = (told[0] * NodeBytes) + told[1] + pages.ValueBytes.TotalBytes + (tables[0] * sizeof(long)) + (tables[1] * LockBytes);
        Assert.InRange(pages.RetainedBytes, known, known + FixedBytes);
        Assert.Equal(RootKind.Static, pages.Root);
        Assert.Empty(pages.Holders);
    }

    [Fact]
    public void ConcurrentDictionaryOfNumbers_HasEntriesAndNoValuesToMeasure()
    {
        CacheMap numbers = Cache("s_numbers");

        Assert.Equal(_truth.One("numbers")[0], numbers.Entries);
        Assert.Null(numbers.ValueBytes);
    }

    [Fact]
    public void DictionaryWithNullsAndRemovedEntries_IsCountedByTypes()
    {
        CacheMap files = Cache("s_files");
        long[] told = _truth.One("files");

        Assert.Equal((told[0], told[0]), (files.Entries, files.ValueBytes!.Count));
        Assert.Equal(told[1], files.ValueBytes.TotalBytes);
        Assert.Equal(0, files.ValueBytes.MinBytes);
    }

    /// <summary>A key that follows a key is one whose entry has no value, or the value of the one before it.</summary>
    [Theory]
    [InlineData("s_names")]
    [InlineData("s_ranks")]
    [InlineData("s_mixed")]
    public void DictionaryWhoseKeysMayBeValues_HasAnUnknownCount(string field)
    {
        CacheMap cache = Cache(field);

        Assert.Null(cache.Entries);
        Assert.Null(cache.ValueBytes);
        Assert.True(cache.RetainedBytes > 0);
    }

    [Theory]
    [InlineData("s_things")]
    [InlineData("s_versions")]
    public void DictionaryWhoseValuesAreNoKeys_IsCounted(string field) => Assert.Equal(1_500, Cache(field).Entries);

    [Fact]
    public void DictionaryByNumber_HasValuesAndAnUnknownCount()
    {
        CacheMap blocks = Cache("s_blocks");
        long[] told = _truth.One("blocks");

        Assert.Null(blocks.Entries);
        Assert.Equal((told[0], told[1]), (blocks.ValueBytes!.Count, blocks.ValueBytes.TotalBytes));
    }

    [Fact]
    public void ValueOfTwoEntries_IsShared()
    {
        CacheMap twice = Cache("s_twice");

        // 120 values are those of s_pages; of the others every fourth is there twice.
        Assert.Equal(120 + 30 + (2 * 345), twice.SharedValues);
        Assert.Equal(1_380 - 345, twice.ValueBytes!.Count);
        Assert.True(twice.ValueBytes.TotalBytes < twice.RetainedBytes);
    }

    [Fact]
    public void ValueWhoseTypeIsNamedLikeTheCachesOwn_IsMeasured()
    {
        CacheMap orders = Cache("s_orders");
        long[] told = _truth.One("orders");

        Assert.Equal((told[0], told[0]), (orders.Entries, orders.ValueBytes!.Count));
        Assert.Equal(told[1], orders.ValueBytes.TotalBytes);
    }

    [Fact]
    public void ValueThatIsItsOwnKey_IsShared() =>
        Assert.Equal((1_500L, 1_500L), (Cache("s_echoes").Entries, Cache("s_echoes").SharedValues));

    [Fact]
    public void ValueOfAConditionalWeakTable_IsReached() => Assert.InRange(_snapshot.UnreachedBytes, 0, 54_321 - 1);

    [Fact]
    public void SizesOfValues_AddUp()
    {
        SizeDistribution sizes = Cache("s_pages").ValueBytes!;

        Assert.Equal(sizes.Count, sizes.Buckets.Sum(bucket => bucket.Count));
        Assert.Equal(sizes.TotalBytes, sizes.Buckets.Sum(bucket => bucket.Bytes));
        Assert.True(sizes.MinBytes <= sizes.MedianBytes && sizes.MedianBytes <= sizes.P90Bytes);
        Assert.True(sizes.P90Bytes <= sizes.P99Bytes && sizes.P99Bytes <= sizes.MaxBytes);
    }

    private CacheMap Cache(string field)
    {
        IReadOnlyList<CacheMap> caches = _snapshot.Caches!;
        return Assert.Single(caches, cache => string.Equals(cache.RootName, field, StringComparison.Ordinal) && cache.Holders.Count == 0);
    }
}
