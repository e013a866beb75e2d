using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Workloads.Synthetic;

/// <summary>What a line that generates stands for.</summary>
public sealed class GenerateLineTests
{
    [Theory]
    [InlineData("sizes=fixed(64) lifetimes=exponential(500) shape=steady")]
    [InlineData("sizes=lognormal(5,1.2) lifetimes=pareto(200,2)")]
    [InlineData("sizes=uniform(16,1016) lifetimes=uniform(1,900) shape=ramp")]
    [InlineData("sizes=bimodal(64,4096,0.9) lifetimes=exponential(100) shape=burst(300)")]
    [InlineData("sizes=histogram(16:1,64-128:2) shape=oddfree(100)")]
    [InlineData("sizes=fixed(100) shape=comb(50)")]
    [InlineData("sizes=uniform(1,9) shape=sawtooth(160)")]
    public void Blocks_LiveOnceEachAndThereAreAsManyOperationsAsAsked(string options)
    {
        AllocationTrace trace = Read($"generate operations=20000 {options} seed=7");
        HashSet<long> seen = [];
        HashSet<long> live = [];
        foreach (AllocationEvent next in trace.Events)
        {
            if (next.Kind == AllocationEventKind.Allocate)
                Assert.True(seen.Add(next.Id) && live.Add(next.Id) && next.Bytes > 0);
            else
                Assert.True(next.Kind == AllocationEventKind.Free && live.Remove(next.Id) && next.Bytes == 0);
        }

        Assert.Equal(20_000, trace.Events.Count());
        Assert.InRange(live.Count, 0, 5_000);
        Assert.Equal(trace.Events, trace.Events);
        if (!options.Contains("fixed(100)", StringComparison.Ordinal))
            Assert.NotEqual(trace.Events, Read($"generate operations=20000 {options} seed=8").Events);
    }

    [Fact]
    public void SteadyState_SettlesAtTheMeanLifetime() => Assert.Equal(
        500, Live("sizes=fixed(64) lifetimes=exponential(500)").Skip(10_000).Average(), 500 * 0.05);

    [Fact]
    public void Ramp_ClimbsOverTheRun()
    {
        int[] live = Live("sizes=fixed(64) lifetimes=exponential(500) shape=ramp");

        Assert.InRange(live[15_000] / (double)live[30_000], 0.4, 0.6);
        Assert.Equal(500, live[^1], 500 * 0.2);
    }

    [Fact]
    public void Burst_FreesWhatIsDueAtEveryNthBirth()
    {
        AllocationEventKind[] kinds = [.. Read(
            "generate operations=5000 sizes=fixed(64) lifetimes=fixed(1) shape=burst(10)").Events.Select(next => next.Kind)];

        Assert.Equal(Enumerable.Repeat(AllocationEventKind.Allocate, 10), kinds[..10]);
        Assert.Equal(Enumerable.Repeat(AllocationEventKind.Free, 10), kinds[10..20]);
        Assert.Equal(kinds[10..30], kinds[30..50]);
    }

    [Theory]
    [InlineData("oddfree(4)", "1:a 2:a 3:a 4:a 1 3 5:b 6:b 2 4 5 6 7:a")]
    [InlineData("comb(2)", "1:o 2:a 3:o 4:a 1 3 5:d 2 4 5 6:o")]
    [InlineData("sawtooth(18)", "1:a 2:a 3:a 4:a 5:a 6:a 7:a 8:a 9:a 10:a 11:a 12:a 13:a 14:a 15:a 16:a 17:a 18:a 2 3")]
    public void WorstCase_IsTheClassicOne(string shape, string lives)
    {
        string Life(AllocationEvent next) => (next.Id & 0xFF) + 1 + (next.Bytes == 0 ? "" : ":" + (next.Bytes / 10) switch
        {
            1 => "a",
            2 => "b",
            15 => "o",
            30 => "d",
            long other => other.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });

        int count = lives.Split(' ').Length;
        Assert.Equal(
            lives,
            string.Join(' ', Read($"generate operations={count} sizes=fixed(10) shape={shape}").Events.Select(Life)));
    }

    [Fact]
    public void Sawtooth_KeepsEvery16thBlockUntilTheNextTooth()
    {
        int[] live = Live("sizes=fixed(64) shape=sawtooth(160)");

        Assert.Equal((160, 10, 170), (live[159], live[309], live.Max()));
    }

    [Fact]
    public void LinesThatGenerate_HaveBlocksOfTheirOwn()
    {
        AllocationTrace trace = Read(
            "alloc 0 8", "generate operations=3 sizes=fixed(1) lifetimes=fixed(9) site=A",
            "generate operations=3 sizes=fixed(1) lifetimes=fixed(9) keys=5");
        AllocationEvent[] events = [.. trace.Events];

        Assert.Equal(7, events.Select(next => next.Id).Distinct().Count());
        Assert.Equal("0 generated:0:0 generated:0:1 generated:0:2 generated:1:0", string.Join(
            ' ', events.Take(5).Select(next => trace.NameOf(next.Id))));
        Assert.Equal((AllocationEventKind.Set, 5), (events[^1].Kind, events[^1].KeyBytes));
        Assert.Equal("A", trace.Sites[events[1].Site].Name);
        Assert.Equal("line 3", LastWhereabouts(trace));
    }

    [Theory]
    [InlineData("sizes=fixed(1) lifetimes=fixed(1)", "generate lacks its operations=<n>")]
    [InlineData("operations=5 lifetimes=fixed(1)", "generate lacks its sizes=<d>")]
    [InlineData("operations=5 sizes=fixed(1)", "generate lacks its lifetimes=<d>")]
    [InlineData("operations=5 sizes=fixed(1) shape=comb(9) lifetimes=fixed(1)", "the shape settles when blocks die, so there are no lifetimes=<d>")]
    [InlineData("operations=0 sizes=fixed(1) lifetimes=fixed(1)", "generate makes at least one operation")]
    [InlineData("operations=x", "the number of operations 'x' is not a number")]
    [InlineData("operations=5 sizes=zipf(2)", "the sizes 'zipf(2)' are none of fixed(n), uniform(min,max), exponential(mean), lognormal(mu,sigma), pareto(scale,alpha), bimodal(a,b,shareOfA) and histogram(n:weight,min-max:weight), whole numbers from 1 to 1099511627776")]
    [InlineData("shape=comb", "the shape 'comb' is none of steady, ramp, burst(n), oddfree(n), comb(n) and sawtooth(n)")]
    [InlineData("shape=steady(2)", "the shape 'steady(2)' is none of steady, ramp, burst(n), oddfree(n), comb(n) and sawtooth(n)")]
    [InlineData("shape=burst(1)", "the n of the shape burst is at least 2")]
    [InlineData("shape=burst(", "the shape 'burst(' is none of steady, ramp, burst(n), oddfree(n), comb(n) and sawtooth(n)")]
    [InlineData("shape=burst(x)", "the n of the shape 'x' is not a number")]
    [InlineData("keys=0", "a key has 1 to 65535 bytes, not 0")]
    [InlineData("count=5", "generate has no option 'count' of that form; it takes operations=<n>, sizes=<d>, lifetimes=<d>, shape=<s>, seed=<n>, keys=<bytes> and site=<name>")]
    public void BadLine_IsNamedWithItsReason(string options, string reason) => Assert.Equal(
        $"line 1: {reason}",
        Assert.Throws<WorkloadFormatException>(() => Read("generate " + options).Events.Count()).Message);

    [Fact]
    public void LineBeyondThoseThatHaveIds_IsRefused()
    {
        HashSet<long> ids = [];
        WorkloadFormatException refused = Assert.Throws<WorkloadFormatException>(() =>
        {
            foreach (AllocationEvent next in WorkloadReader.Read(
                Enumerable.Repeat("generate operations=1 sizes=fixed(1) lifetimes=fixed(1)", (1 << 20) + 1)).Events)
            {
                ids.Add(next.Id);
            }
        });

        Assert.Equal("line 1048577: at most 1048576 lines of a workload generate", refused.Message);
        Assert.Equal(1 << 20, ids.Count);
    }

    private static string? LastWhereabouts(AllocationTrace trace)
    {
        string? last = null;
        foreach (AllocationEvent _ in trace.Events)
            last = trace.Whereabouts;
        return last;
    }

    /// <summary>Number of live blocks after each of 40 000 operations.</summary>
    private static int[] Live(string options)
    {
        int live = 0;
        return [.. Read($"generate operations=40000 {options}").Events.Select(next =>
            live += next.Kind == AllocationEventKind.Allocate ? 1 : -1)];
    }

    private static AllocationTrace Read(params string[] lines) => WorkloadReader.Read(lines);
}
