using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.FragTrace.Inputs;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.FragTrace.Tests.Inputs;

/// <summary>One reading of a trace for several listeners.</summary>
public sealed class SharedTraceTests
{
    private const int Events = 50_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    public async Task EveryListener_HearsEveryEventInOrder(int listeners)
    {
        SharedTrace shared = new(Numbers(), listeners);
        Task<long[]>[] heard = [.. Enumerable.Range(0, listeners).Select(listener => Start(() =>
            shared.For(listener).Events.Select(next => next.Id).ToArray()))];
        List<long> progress = [];
        shared.Read(progress.Add);

        Assert.All(await Task.WhenAll(heard), ids => Assert.Equal(Enumerable.Range(0, Events).Select(id => (long)id), ids));
        Assert.Equal(Events, progress[^1]);
    }

    [Fact]
    public async Task Failure_ReachesEveryListenerAfterTheEventsBeforeIt()
    {
        SharedTrace shared = new(WorkloadReader.Read(["alloc {1..9000} 8", "nonsense"]), 2);
        Task<(int Heard, string Failure)>[] runs = [.. Enumerable.Range(0, 2).Select(listener => Start(() =>
        {
            int heard = 0;
            Exception failure = Assert.Throws<WorkloadFormatException>(() =>
            {
                foreach (AllocationEvent _ in shared.For(listener).Events)
                    heard++;
            });
            return (heard, failure.Message);
        }))];
        shared.Read(_ => { });

        Assert.All(await Task.WhenAll(runs), run =>
            Assert.Equal((9_000, "line 2: there is no operation 'nonsense'"), run));
    }

    [Fact]
    public async Task ListenerThatLeaves_DismissesThoseAfterIt()
    {
        SharedTrace shared = new(Numbers(), 3);
        Task<int>[] heard = [.. Enumerable.Range(0, 3).Select(listener => Start(() => listener == 1
            ? shared.For(listener).Events.Take(10).Count()
            : shared.For(listener).Events.Count()))];
        shared.Read(_ => { });
        int[] counts = await Task.WhenAll(heard);

        Assert.Equal((Events, 10), (counts[0], counts[1]));
        Assert.InRange(counts[2], 0, Events);
    }

    [Fact]
    public async Task ListenerThatNeverBegins_IsNotWaitedFor()
    {
        SharedTrace shared = new(Numbers(), 3);
        Task<int>[] heard = [.. Enumerable.Range(0, 3).Select(listener => Start(() =>
        {
            if (listener != 1)
                return shared.For(listener).Events.Count();
            shared.Leave(listener);
            return -1;
        }))];
        await Start(() =>
        {
            shared.Read(_ => { });
            return true;
        }).WaitAsync(Patience, TestContext.Current.CancellationToken);
        int[] counts = await Task.WhenAll(heard);

        Assert.Equal((Events, -1), (counts[0], counts[1]));
        Assert.InRange(counts[2], 0, Events);
    }

    [Fact]
    public async Task ListenerThatLeavesAfterTheEnd_DismissesNobody()
    {
        SharedTrace shared = new(Numbers(), 2);
        Task<int>[] heard = [.. Enumerable.Range(0, 2).Select(listener => Start(() =>
        {
            int count = shared.For(listener).Events.Count();
            shared.Leave(listener);
            return count;
        }))];
        shared.Read(_ => { });

        Assert.All(await Task.WhenAll(heard), count => Assert.Equal(Events, count));
    }

    [Fact]
    public async Task LinesAndNames_AreThoseOfTheEventEachListenerIsAt()
    {
        string[] lines = [.. Enumerable.Range(1, 10_000).Select(i => $"alloc block-number-{i} 8")];
        SharedTrace shared = new(WorkloadReader.Read(lines), 2);
        Task<bool>[] runs = [.. Enumerable.Range(0, 2).Select(listener => Start(() =>
        {
            AllocationTrace trace = shared.For(listener);
            int at = 0;
            foreach (AllocationEvent next in trace.Events)
            {
                at++;
                Assert.Equal(at, trace.Line);
                if (at % 2_500 == 0)
                    Assert.Equal($"block-number-{at}", trace.NameOf(next.Id));
            }

            return true;
        }))];
        shared.Read(_ => { });

        Assert.All(await Task.WhenAll(runs), Assert.True);
    }

    private static AllocationTrace Numbers() =>
        new(Enumerable.Range(0, Events).Select(id => new AllocationEvent(AllocationEventKind.Allocate, id, 8)));

    private static Task<T> Start<T>(Func<T> listen) =>
        Task.Factory.StartNew(listen, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
