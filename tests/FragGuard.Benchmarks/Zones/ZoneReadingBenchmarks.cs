using System;
using BenchmarkDotNet.Attributes;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Tests.Nginx;

namespace FragGuard.Benchmarks.Zones;

/// <summary>A dictionary of 1 GB with as many entries as are looked at, used in the order of their addresses or in random order.</summary>
[ShortRunJob, MemoryDiagnoser]
public class ZoneReadingBenchmarks
{
    private FakeMemory _memory = new(0, []);

    [Params(true, false)]
    public bool InOrder { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        FullZone full = new(1 << 18, true, new Random(1), InOrder);
        _memory = new FakeMemory(FullZone.Address, full.Bytes);
    }

    [Benchmark]
    public int Read() => new SlabZoneReader(_memory, [], new ZoneBudget()).TryRead(_memory.Start, _memory.End)!.Dict!.Records.Count;
}
