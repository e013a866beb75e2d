using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Ruby;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Ruby;

/// <summary>What the heap holds while objects are made, with more initial slots than Ruby has by default.</summary>
public sealed class RubyInitialSlotsLiveTests(ITestOutputHelper output)
{
    private const string InitialSlots = "100000";

    /// <summary>Prints the version and the GCs so far, then the live slots and the pages before every 5,000 objects.</summary>
    private const string Ramp = """
        kept = Array.new(80_000)
        answers = Array.new(34, 0)
        made = 0
        step = 0
        while step < 17
          answers[2 * step] = GC.stat(:heap_live_slots)
          answers[(2 * step) + 1] = GC.stat(:heap_allocated_pages)
          last = [made + 5_000, kept.size].min
          while made < last
            kept[made] = Object.new
            made += 1
          end
          step += 1
        end
        puts RUBY_VERSION, GC.count, answers.join(" ")
        """;

    [Fact]
    public void Pages_AreAddedAsObjectsNeedThem()
    {
        string[] lines = Run().Split('\n');
        Version version = Version.Parse(lines[0]);
        Assert.SkipUnless(
            version >= new Version(3, 1, 7) && version < new Version(3, 2),
            "Only Ruby 3.1.7 is known to add slots of one size as needed.");
        long[] answers = [.. lines[2].Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];

        RubyHeapModel model = (RubyHeapModel)AllocatorModels.Create(
            "ruby-heap", [new("version", "3.1"), new("init_slots", InitialSlots)]);
        long live = 0;
        long deviation = 0;
        for (int i = 0; i < answers.Length; i += 2)
        {
            for (; live < answers[i]; live++)
                model.Apply(new AllocationEvent(AllocationEventKind.Allocate, live, 0));
            output.WriteLine($"{live} objects: {answers[i + 1]} pages really, {model.Pages} modelled");
            deviation = Math.Max(deviation, Math.Abs(answers[i + 1] - model.Pages));
        }

        Assert.Equal((lines[1], 0), ("0", model.Collections));
        FidelityResults.Within(
            output, "ruby-heap", "80,000 objects in a heap of 100,000 initial slots", "Ruby " + lines[0],
            answers.Length / 2, "numbers of heap pages", deviation, 1, "pages off");
    }

    private static string Run()
    {
        string? ruby = LivePrograms.Find("ruby");
        LivePrograms.Needs(ruby is not null, "Ruby is not installed.");
        ProcessStartInfo start = new(ruby!, ["--disable-gems", "-e", Ramp])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["RUBY_GC_HEAP_INIT_SLOTS"] = InitialSlots;
        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return answer.TrimEnd();
    }
}
