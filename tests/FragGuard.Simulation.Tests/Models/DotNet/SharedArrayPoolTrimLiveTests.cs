using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>
/// What full GCs take from the shared pool of the runtime that runs this test. The child process believes that memory is
/// short, so that a stack is emptied 10 seconds after the GC that first saw it; it says which pressure its pool saw.
/// </summary>
public sealed class SharedArrayPoolTrimLiveTests(ITestOutputHelper output)
{
    private const int PauseMilliseconds = 10_500;

    [Fact]
    public void FullGcs_TakeTheSameArrays()
    {
        const int Operations = 9_000;
        AllocationEvent[] rents = [.. PoolReplay.Rents(seed: 8, outstanding: 150, maxBytes: 3_000, Operations).Events];
        IEnumerable<AllocationEvent> events = rents.SelectMany((rent, index) =>
            (AllocationEvent[])(index is Operations / 3 or 2 * Operations / 3
                ? [new AllocationEvent(AllocationEventKind.Trim, 0), rent]
                : [rent]));
        IReadOnlyList<string[]> lines = RuntimeReplay.Run(
            "arraypool", new AllocationTrace(events), new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DOTNET_GCHighMemPercent"] = "1",
                ["DOTNET_PROCESSOR_COUNT"] = "4",
                ["POOL_PAUSE"] = PauseMilliseconds.ToString(CultureInfo.InvariantCulture),
            });
        string[] pressures = [.. lines.Where(line => line[0] is "pressure").Select(line => line[1])];
        output.WriteLine($"pressure {string.Join(", ", pressures)}");
        Assert.Single(pressures.Distinct(StringComparer.Ordinal));

        (long compared, long differences) = PoolReplay.Compare(
            PoolReplay.Create("dotnet-arraypool-shared", ("pressure", pressures[0])),
            WithTheClock(events),
            [.. lines.Where(line => line[0] is "array")]);

        FidelityResults.Exact(
            output, "dotnet-arraypool-shared", "random rents up to 3000 bytes with full GCs when memory is short, one thread, seed 8",
            RuntimeInformation.FrameworkDescription, compared, "rents: which array, its length", differences);
    }

    private static IEnumerable<AllocationEvent> WithTheClock(IEnumerable<AllocationEvent> events)
    {
        long clock = 0;
        foreach (AllocationEvent next in events)
        {
            if (next.Kind == AllocationEventKind.Trim)
                yield return new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: clock);
            clock += next.Kind == AllocationEventKind.Trim ? PauseMilliseconds : 0;
            yield return next;
        }
    }
}
