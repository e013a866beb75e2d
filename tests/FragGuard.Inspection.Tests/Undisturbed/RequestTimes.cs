using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Inspection.Tests.Undisturbed;

/// <summary>How long requests took that were made one after the other by some clients.</summary>
/// <param name="PerSecond">Of all clients together.</param>
internal sealed record RequestTimes(int Count, double PerSecond, double MedianMilliseconds, double WorstMilliseconds)
{
    /// <summary>Makes requests all the time that something else takes, which begins once every client had its first answer.</summary>
    /// <remarks>Each client has a thread of its own: those of the pool may all be busy with other tests.</remarks>
    public static async Task<RequestTimes> WhileAsync(Action meanwhile, int clients, Action request)
    {
        using CancellationTokenSource stop = new();
        using CountdownEvent begun = new(clients);
        Task<List<double>>[] running = [.. Enumerable.Range(0, clients).Select(_ => OnOwnThread(() =>
        {
            List<double> taken = [];
            request();
            begun.Signal();
            do
            {
                long start = Stopwatch.GetTimestamp();
                request();
                taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            while (!stop.IsCancellationRequested);

            return taken;
        }))];
        TimeSpan passed = await OnOwnThread(() =>
        {
            Assert.True(begun.Wait(Patience), "No request was answered.");
            Stopwatch watch = Stopwatch.StartNew();
            try
            {
                meanwhile();
                return watch.Elapsed;
            }
            finally
            {
                stop.Cancel();
            }
        });
        double[] all = [.. (await Task.WhenAll(running)).SelectMany(each => each).Order()];
        return new RequestTimes(all.Length, all.Length / passed.TotalSeconds, all[all.Length / 2], all[^1]);
    }

    private static Task<T> OnOwnThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// Whether a program went on answering. One that stands still during the readings answers next to none; processors
    /// that a reader and other tests take too may slow it down several times.
    /// </summary>
    public bool WentOnBesides(RequestTimes without) =>
        PerSecond > without.PerSecond / 20
        && MedianMilliseconds < (10 * without.MedianMilliseconds) + 20
        && WorstMilliseconds < (10 * without.WorstMilliseconds) + 2_000;

    public void RequireNotStoppedBesides(RequestTimes without) => Assert.True(WentOnBesides(without), $"{this} against {without}");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} requests, {PerSecond:0} a second, median {MedianMilliseconds:0.000} ms, worst {WorstMilliseconds:0.0} ms");
}
