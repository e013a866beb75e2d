using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Ruby;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Ruby;

/// <summary>The model against the Ruby that is installed: the slot of every object, and the counters after every full GC.</summary>
public sealed class RubyHeapLiveTests(ITestOutputHelper output)
{
    private const int Birth = 0;
    private const int Death = 1;
    private const int FullGc = 2;
    private const int Births = 3;
    private const int Deaths = 4;

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 45)]
    [InlineData(3, 49)]
    public void ScriptedObjects_TakeTheSameSlots(ulong seed, int deathPercent) =>
        Compare(Script(seed, deathPercent), $"random objects and full GCs, {deathPercent} % deaths, seed {seed}");

    [Fact]
    public void EmptyPages_AreGivenBackAlike() => Compare(
        [
            (Births, 2_600_000), (Deaths, 2_400_000), (FullGc, 0), (Births, 1_000), (FullGc, 0), (FullGc, 0),
            (Births, 700_000), (Deaths, 300_000), (FullGc, 0), (Births, 5), (FullGc, 0),
            // All free slots are used up; then new pages go where pages were given back.
            (Births, 1_350_000), .. Enumerable.Repeat((Births, 4_000), 100),
        ],
        "pages filled and emptied");

    private void Compare(List<(int Kind, int Id)> script, string stream)
    {
        RubyReplay real = RubyReplay.Run(script);
        string version = real.Version[..3];
        (RubyHeapModel model, long baseAddress) = Create(real, version);
        long different = 0;
        int born = 0;
        int dead = 0;
        for (int i = 0; i < script.Count; i++)
        {
            (int kind, int number) = script[i];
            long address = 0;
            for (int j = 0; j < (kind >= Births ? number : 1); j++)
            {
                address = baseAddress + model.Apply(kind switch
                {
                    Birth => new AllocationEvent(AllocationEventKind.Allocate, number, 0),
                    Death => new AllocationEvent(AllocationEventKind.Free, number),
                    Births => new AllocationEvent(AllocationEventKind.Allocate, born++, 0),
                    Deaths => new AllocationEvent(AllocationEventKind.Free, dead++),
                    _ => new AllocationEvent(AllocationEventKind.Collect, 2),
                }).OffsetBytes;
            }

            string? difference = kind switch
            {
                Birth or Births when address != real.Answers[i][0] => $"{address} for {real.Answers[i][0]}",
                FullGc when model.Pages + real.OwnPages != real.Answers[i][0]
                    || model.PagesFreed != real.Answers[i][3] - real.FreedBefore =>
                    $"{model.Pages + real.OwnPages} pages, {model.PagesFreed} freed for {string.Join(' ', real.Answers[i])}",
                _ => null,
            };
            if (difference is not null && different++ < 10)
                output.WriteLine($"{stream}, operation {i}: {difference}");
        }

        output.WriteLine($"{model.Pages} pages, {model.PagesAllocated} allocated, {model.PagesFreed} freed");
        FidelityResults.Exact(
            output, "ruby-heap", stream, "Ruby " + real.Version,
            script.Count(next => next.Kind is not (Death or Deaths)), "addresses and full GCs: pages, pages freed", different);
    }

    /// <summary>A model that continues where the script began, and what its offsets must be added to.</summary>
    private static (RubyHeapModel Model, long BaseAddress) Create(RubyReplay real, string version)
    {
        long align = version is "3.2" or "3.3" ? 65_536 : 16_384;
        long firstPage = real.FirstAddress / align;
        long firstSlots = RubyVersion.Of(version).Cut(0, firstPage % 5).Slots;
        RubyHeapModel model = (RubyHeapModel)AllocatorModels.Create("ruby-heap",
        [
            new("version", version), new("gc", "scripted"), new("init_slots", "0"),
            new("phase", Text(firstPage % 5)), new("base_pages", Text(real.OwnPages)),
            new("base_slots", Text(real.OwnSlots - firstSlots)),
        ]);
        long offset = model.Apply(new AllocationEvent(AllocationEventKind.Allocate, -1, 0)).OffsetBytes;
        return (model, real.FirstAddress - offset);
    }

    private static List<(int Kind, int Id)> Script(ulong seed, int deathPercent)
    {
        SeededRandom random = new(seed);
        List<(int Kind, int Id)> script = [];
        List<int> live = [];
        int next = 0;
        const int count = 120_000;
        for (int i = 0; i < count; i++)
        {
            if (random.Next(1, 4_000) == 1)
            {
                script.Add((FullGc, 0));
            }
            else if (live.Count > 0 && random.Next(1, 100) <= (i < count / 2 ? deathPercent : 100 - deathPercent))
            {
                int victim = (int)random.Next(0, live.Count - 1);
                script.Add((Death, live[victim]));
                live[victim] = live[^1];
                live.RemoveAt(live.Count - 1);
            }
            else
            {
                live.Add(next);
                script.Add((Birth, next++));
            }
        }

        return script;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
