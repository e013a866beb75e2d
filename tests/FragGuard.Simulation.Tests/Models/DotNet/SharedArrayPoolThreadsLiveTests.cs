using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>
/// The model against the shared pool of the runtime that runs this test, with threads of a child process that are pinned
/// to cores and run strictly one after the other. The child says which core each thread is on.
/// </summary>
public sealed class SharedArrayPoolThreadsLiveTests(ITestOutputHelper output)
{
    private const int Operations = 30_000;

    [Theory]
    [InlineData(1, 4, 7, 60, 100_000, 4, 32)]
    [InlineData(2, 3, 50, 600, 2_000, 4, 32)]
    [InlineData(3, 6, 13, 200, 300, 4, 2)]
    [InlineData(4, 5, 1, 40, 5_000, 3, 1)]
    public void RandomRents_OnKnownCores_GetTheSameArrays(
        ulong seed, int threads, int turn, int outstanding, long maxBytes, int stacks, int depth)
    {
        LivePrograms.Needs(OperatingSystem.IsLinux(), "threads are pinned to cores on Linux only");
        AllocationTrace trace = PoolReplay.Rents(seed, outstanding, maxBytes, Operations);
        Dictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["DOTNET_PROCESSOR_COUNT"] = "4",
            ["DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXPARTITIONCOUNT"] = Text(stacks),
            ["DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION"] = Text(depth),
            ["POOL_THREADS"] = Text(threads),
            ["POOL_TURN"] = Text(turn),
        };
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("arraypool-threads", trace, environment);
        long[] cores = [.. lines.Take(threads).Select(line => RuntimeReplay.Number(line[1]))];
        output.WriteLine($"cores {string.Join(", ", cores)}");

        (long compared, long differences) = PoolReplay.Compare(
            PoolReplay.Create(
                "dotnet-arraypool-shared", ("placement", "recorded"), ("cores", Text(stacks)), ("depth", Text(depth))),
            InTurns(trace.Events, cores, turn),
            [.. lines.Skip(threads)]);

        FidelityResults.Exact(
            output, "dotnet-arraypool-shared",
            $"random rents up to {maxBytes} bytes, {threads} threads on recorded cores, {stacks} stacks of {depth}, seed {seed}",
            RuntimeInformation.FrameworkDescription, compared, "rents: which array, its length", differences);
    }

    /// <summary>Says before every turn whose it is, and on which core.</summary>
    private static IEnumerable<AllocationEvent> InTurns(IEnumerable<AllocationEvent> events, long[] cores, int turn)
    {
        int index = 0;
        foreach (AllocationEvent next in events)
        {
            if (index % turn == 0)
            {
                int thread = index / turn % cores.Length;
                yield return new AllocationEvent(AllocationEventKind.Thread, thread, Bytes: cores[thread]);
            }

            index++;
            yield return next;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
