using System;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using FragGuard.Benchmarks.Models;
using FragGuard.Simulation;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks;

/// <summary>What a simulation costs besides its model: reading text, drawing operations, adding up the run. Per operation.</summary>
[ShortRunJob, MemoryDiagnoser]
public class SimulatorBenchmarks
{
    private const int Operations = 1_000_000;

    private static readonly AllocationEvent[] Churn = BlockChurn.Events(Operations);
    private static readonly AllocationTrace Trace = new(Churn);
    private static readonly byte[] Numbers = Text("");
    private static readonly byte[] Names = Text("block-number-");

    [Benchmark(OperationsPerInvoke = Operations)]
    public int ReadTextOfNumbers() => WorkloadReader.Read([new ArraySegment<byte>(Numbers)]).Events.Count();

    [Benchmark(OperationsPerInvoke = Operations)]
    public int ReadTextOfNames() => WorkloadReader.Read([new ArraySegment<byte>(Names)]).Events.Count();

    [Benchmark(OperationsPerInvoke = Operations)]
    public int DrawOperations() => WorkloadReader.Read(
        ["generate operations=1000000 sizes=lognormal(5,1.2) lifetimes=exponential(30000)"]).Events.Count();

    /// <summary>The loop and the sums of a run, over a model that ignores every block.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public SimulationResult AddUpTheRun() => Simulator.Run(Trace, "lua-shared-dict");

    private static byte[] Text(string prefix)
    {
        StringBuilder text = new();
        foreach (AllocationEvent next in Churn)
        {
            text.Append(next.Kind == AllocationEventKind.Allocate ? "alloc " : "free ").Append(prefix).Append(next.Id);
            if (next.Kind == AllocationEventKind.Allocate)
                text.Append(' ').Append(next.Bytes);
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
