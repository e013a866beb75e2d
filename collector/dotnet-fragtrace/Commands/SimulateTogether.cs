using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Commands;

/// <summary>Plays one reading of a trace through several models at once, each on a thread of its own.</summary>
internal static class SimulateTogether
{
    /// <returns>One report for each model, in the order of the models.</returns>
    /// <param name="opened">The trace, read on this thread.</param>
    /// <param name="models">The models.</param>
    /// <param name="progress">Called on this thread with the number of events read so far.</param>
    /// <exception cref="TraceException">What the first model that cannot play the trace says; no other model decides.</exception>
    public static List<SimulationReport> Run(
        OpenedTrace opened, IReadOnlyList<ChosenModel> models, Action<long> progress)
    {
        SharedTrace shared = new(opened.Trace, models.Count);
        Task<SimulationReport>[] runs = [.. models.Select((model, listener) => Start(opened, shared, model, listener))];
        shared.Read(progress);
        Task all = Task.WhenAll(runs);
        ((IAsyncResult)all).AsyncWaitHandle.WaitOne();
        if (Array.Find(runs, run => run.IsFaulted) is { Exception: { } failure })
            ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
        return [.. runs.Select(run => run.Result)];
    }

    /// <summary>A thread of its own: a model that waits for the reader must not hold up one that has not begun.</summary>
    private static Task<SimulationReport> Start(OpenedTrace opened, SharedTrace shared, ChosenModel model, int listener) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                return SimulationReports.Run(opened with { Trace = shared.For(listener) }, model);
            }
            finally
            {
                shared.Leave(listener);
            }
        },
        default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
