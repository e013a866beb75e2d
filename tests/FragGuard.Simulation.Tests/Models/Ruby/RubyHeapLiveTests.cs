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
    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 45)]
    [InlineData(3, 49)]
    public void ScriptedObjects_TakeTheSameSlots(ulong seed, int deathPercent)
    {
        List<(int Kind, int Id)> script = Script(seed, deathPercent);
        RubyReplay real = RubyReplay.Run(script);
        string version = real.Version[..3];
        long align = version is "3.2" or "3.3" ? 65_536 : 16_384;
        long firstPage = real.FirstAddress / align;
        long firstSlots = RubyVersion.Of(version).Cut(0, firstPage % 5).Slots;
        RubyHeapModel model = (RubyHeapModel)AllocatorModels.Create("ruby-heap",
        [
            new("version", version), new("gc", "scripted"), new("init_slots", "0"),
            new("phase", Text(firstPage % 5)), new("base_pages", Text(real.OwnPages)),
            new("base_slots", Text(real.OwnSlots - firstSlots)),
        ]);
        long base0 = real.FirstAddress - model.Apply(new AllocationEvent(AllocationEventKind.Allocate, -1, 0)).OffsetBytes;
        long different = 0;
        for (int i = 0; i < script.Count; i++)
        {
            (int kind, int id) = script[i];
            EventOutcome outcome = model.Apply(kind switch
            {
                0 => new AllocationEvent(AllocationEventKind.Allocate, id, 0),
                1 => new AllocationEvent(AllocationEventKind.Free, id),
                _ => new AllocationEvent(AllocationEventKind.Collect, 2),
            });
            string? difference = kind switch
            {
                0 when outcome.OffsetBytes + base0 != real.Answers[i][0] => $"{outcome.OffsetBytes + base0} for {real.Answers[i][0]}",
                2 when model.Pages + real.OwnPages != real.Answers[i][0]
                    || model.PagesFreed != real.Answers[i][3] - real.FreedBefore =>
                    $"{model.Pages + real.OwnPages} pages, {model.PagesFreed} freed for {string.Join(' ', real.Answers[i])}",
                _ => null,
            };
            if (difference is not null && different++ < 10)
                output.WriteLine($"seed {seed}, operation {i}: {difference}");
        }

        FidelityResults.Exact(
            output, "ruby-heap", $"random objects and full GCs, {deathPercent} % deaths, seed {seed}", "Ruby " + real.Version,
            script.Count(next => next.Kind != 1), "addresses and full GCs: pages, pages freed", different);
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
                script.Add((2, 0));
            }
            else if (live.Count > 0 && random.Next(1, 100) <= (i < count / 2 ? deathPercent : 100 - deathPercent))
            {
                int victim = (int)random.Next(0, live.Count - 1);
                script.Add((1, live[victim]));
                live[victim] = live[^1];
                live.RemoveAt(live.Count - 1);
            }
            else
            {
                live.Add(next);
                script.Add((0, next++));
            }
        }

        return script;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
