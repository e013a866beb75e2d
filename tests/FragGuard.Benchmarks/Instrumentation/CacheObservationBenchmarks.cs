using System;
using System.Diagnostics.Tracing;
using BenchmarkDotNet.Attributes;
using FragGuard.Instrumentation;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Benchmarks.Instrumentation;

/// <summary>What observing a cache costs a program: the same store and removal with nobody listening, and with a listener.</summary>
[MemoryDiagnoser]
public class CacheObservationBenchmarks : IDisposable
{
    private readonly MemoryCache _plain = new(new MemoryCacheOptions());
    private readonly IMemoryCache _observed = new MemoryCache(new MemoryCacheOptions()).Observed("benchmark");
    private readonly byte[] _value = new byte[1_000];
    private EntryListener? _listener;

    [GlobalSetup(Target = nameof(ObservedWithListener))]
    public void Listen() => _listener = new EntryListener();

    [Benchmark(Baseline = true)]
    public void Plain() => StoreAndRemove(_plain);

    [Benchmark]
    public void ObservedInSilence() => StoreAndRemove(_observed);

    [Benchmark]
    public void ObservedWithListener() => StoreAndRemove(_observed);

    [GlobalCleanup]
    public void Dispose()
    {
        _listener?.Dispose();
        _plain.Dispose();
        _observed.Dispose();
        GC.SuppressFinalize(this);
    }

    private void StoreAndRemove(IMemoryCache cache)
    {
        cache.Set("key", _value);
        cache.Remove("key");
    }

    private sealed class EntryListener : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (string.Equals(eventSource.Name, "FragGuard-Cache", StringComparison.Ordinal))
                EnableEvents(eventSource, EventLevel.Informational, EventKeywords.All);
        }
    }
}
