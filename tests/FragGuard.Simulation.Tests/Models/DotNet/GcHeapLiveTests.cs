using System.Runtime.InteropServices;
using FragGuard.Simulation.Tests.Fidelity;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against the runtime that runs this test, in child processes with a GC of their own.</summary>
public sealed class GcHeapLiveTests(ITestOutputHelper output)
{
    private const string Model = "dotnet-gc";
    private const double MostOtherwise = 10;
    private const double MostGapsOff = 15;

    [Fact]
    public void ScriptsOfSmallObjects()
    {
        GcComparison comparison = new(output);
        comparison.Play("full GCs", new GcScripts(1).Make(2));
        comparison.Play("generation 1 and full GCs", new GcScripts(2).Make(1, 2));
        comparison.Play("all generations", new GcScripts(3).Make(0, 1, 2));
        comparison.Play("young generations", new GcScripts(4).Make(0, 1));
        Report("random small objects, 4 scripts", comparison);
    }

    [Fact]
    public void ScriptsWithPins()
    {
        GcComparison comparison = new(output);
        comparison.Play("full GCs", new GcScripts(5) { PinShare = 0.01 }.Make(2));
        comparison.Play("all generations", new GcScripts(6) { PinShare = 0.01 }.Make(0, 1, 2));
        Report("random small objects, 1 % of them pinned, 2 scripts", comparison);
    }

    [Fact]
    public void ScriptsOfAllHeaps()
    {
        GcComparison comparison = new(output);
        comparison.Play("all heaps", new GcScripts(7) { LargeShare = 0.004, PinnedHeapShare = 0.01 }.Make(1, 2));
        comparison.Play("compacting", new GcScripts(8) { LargeShare = 0.004 }.Make(0, 1, 2), compacts: true);
        comparison.Play("conserve-memory 7", new GcScripts(9) { LargeShare = 0.02 }.Make(2), conserve: "7");
        comparison.Play("conserve-memory 9", new GcScripts(10) { LargeShare = 0.02 }.Make(2), conserve: "9");
        comparison.Play(
            "compact once", new GcScripts(11) { LargeShare = 0.004, Trims = true }.Make(1, 2), compacts: true);
        Report("random small, large and pinned objects, own GCs, compacting and conserve-memory, 5 scripts", comparison);
    }

    private void Report(string stream, GcComparison comparison)
    {
        string program = RuntimeInformation.FrameworkDescription;
        FidelityResults.Within(
            output, Model, stream + ": decisions", program, comparison.Collections, "GCs: sweep or compact",
            100.0 * comparison.DecidedOtherwise / comparison.Collections, MostOtherwise, "% decided otherwise");
        FidelityResults.Within(
            output, Model, stream + ": generation 2", program, comparison.Collections, "GCs: bytes in gaps of generation 2",
            100 * comparison.OldGapShare, MostGapsOff, "% of its size, mean");
        FidelityResults.Exact(
            output, Model, stream + ": large and pinned", program, 2L * comparison.Collections,
            "heaps after GCs: when, size, fragmentation", comparison.HeapDifferences);
    }
}
