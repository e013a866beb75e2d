using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks.Models;

/// <summary>
/// Operations per second of a zone of Linux's buddy allocator, counters read after each as the simulator does, and of
/// the free lists alone, which is what a recorded page event costs.
/// </summary>
[ShortRunJob]
[MemoryDiagnoser]
public class LinuxBuddyBenchmarks
{
    private const int Operations = 1_000_000;

    private AllocationEvent[] _pages = [];
    private AllocationEvent[] _mixed = [];
    private PageEvent[] _recorded = [];
    private IAllocatorModel _pageModel = null!;
    private IAllocatorModel _mixedModel = null!;
    private PageEventReplay _replay = null!;

    [GlobalSetup]
    public void DrawTraces()
    {
        _pages = BlockChurn.Closed(BlockChurn.Events(Operations));
        _mixed = BlockChurn.Closed(Mixed());
        _recorded = Recorded();
        _pageModel = AllocatorModels.Create("linux-buddy");
        _mixedModel = AllocatorModels.Create("linux-buddy", [new KeyValuePair<string, string>("memory", "4g")]);
        _replay = new PageEventReplay([(0, 1 << 18)]);
        _replay.AddFree(0, 1 << 18);
    }

    /// <summary>Single pages, unmovable.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public long SinglePages() => BlockChurn.Play(_pageModel, _pages);

    /// <summary>1 to 16 pages of all three migrate types.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public long MixedOrdersAndTypes() => BlockChurn.Play(_mixedModel, _mixed);

    /// <summary>Recorded page events.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public long RecordedEvents()
    {
        foreach (PageEvent next in _recorded)
            _replay.Play(next);
        return _replay.Played;
    }

    private static AllocationEvent[] Mixed()
    {
        AllocationEvent[] events = BlockChurn.Events(Operations, minBytes: 1, maxBytes: 1 << 16);
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = events[i] with
            {
                Traits = (events[i].Id % 3) switch
                {
                    0 => BlockTraits.None,
                    1 => BlockTraits.Movable,
                    _ => BlockTraits.Reclaimable,
                },
            };
        }

        return events;
    }

    /// <summary>Each page taken in turn at random and then freed, so that the replay ends as it began.</summary>
    private static PageEvent[] Recorded()
    {
        SeededRandom random = new(1);
        PageEvent[] events = new PageEvent[Operations];
        for (int i = 0; i < Operations; i += 2)
        {
            long page = random.Next(0, (1 << 18) - 1);
            events[i] = new PageEvent(PageEventKind.Taken, page);
            events[i + 1] = new PageEvent(PageEventKind.Drained, page);
        }

        return events;
    }
}
