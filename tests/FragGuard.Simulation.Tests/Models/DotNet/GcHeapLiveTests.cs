using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against the runtime that runs this test, in a child process with a GC of its own.</summary>
public sealed class GcHeapLiveTests(ITestOutputHelper output)
{
    private const string YoungBytes = "40m";

    private static readonly Dictionary<string, string> Environment = new(RuntimeReplay.Blocking, StringComparer.Ordinal)
    {
        ["DOTNET_GCgen0size"] = "4000000",
    };

    [Theory]
    [InlineData(1, "2")]
    [InlineData(2, "1,2")]
    [InlineData(3, "0,1,2")]
    [InlineData(4, "0,1")]
    public void Probe(ulong seed, string gens)
    {
        AllocationTrace trace = new GcScripts(seed).Make([.. gens.Split(',').Select(g => int.Parse(g, CultureInfo.InvariantCulture))]);
        Compare(trace, []);
    }

    private void Compare(AllocationTrace trace, (string, string)[] settings)
    {
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("gc", trace, Environment);
        GcHeapModel model = (GcHeapModel)AllocatorModels.Create(
            "dotnet-gc", [new("gc", "scripted"), new("gen0", YoungBytes)]);
        foreach (AllocationEvent next in trace.Events)
            model.Apply(next);
        output.WriteLine($"{lines.Count} {model.Collections.Count}");
        output.WriteLine(string.Join(' ', lines[0]));
        for (int i = 0; i < model.Collections.Count && i + 1 < lines.Count; i++)
        {
            GcHeapSample s = model.Collections[i];
            output.WriteLine("R " + string.Join(' ', lines[i + 1].Skip(1)));
            output.WriteLine($"M {s.Index} {s.Generation} {(s.Compacted ? 1 : 0)} {s.Youngest.SizeBytes} {s.Youngest.FragmentationBytes} {s.Middle.SizeBytes} {s.Middle.FragmentationBytes} {s.Oldest.SizeBytes} {s.Oldest.FragmentationBytes} {s.Large.SizeBytes} {s.Large.FragmentationBytes} {s.Pinned.SizeBytes} {s.Pinned.FragmentationBytes}");
        }
    }
}
