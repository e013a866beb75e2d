using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation;

/// <summary>Plays a trace through a model. The only place that loops over events.</summary>
public static class Simulator
{
    /// <summary>Most samples a result's history holds.</summary>
    public const int HistorySamples = 512;

    /// <summary>Called after each event with its 0-based index, the event, its outcome and the sums after it.</summary>
    public delegate void Observer(long index, in AllocationEvent played, EventOutcome outcome, in HeapCounters counters);

    /// <exception cref="ModelSettingException">Unknown model or setting.</exception>
    /// <exception cref="TraceException">The trace breaks its promise; the message says where, and what breaks it.</exception>
    public static SimulationResult Run(
        AllocationTrace trace,
        string modelName,
        IEnumerable<KeyValuePair<string, string>>? settings = null,
        Observer? observer = null)
    {
        AllocatorModelInfo info = AllocatorModels.ByName(modelName);
        return Run(trace, info, info.Create(new ModelSettings(info.Settings, settings)), observer);
    }

    /// <summary>Plays a trace of blocks and cache entries through a model the caller made from its row of the registry.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="info">The row of the registry.</param>
    /// <param name="model">The model, empty.</param>
    /// <param name="observer">Called after each event.</param>
    /// <param name="series">Takes layouts over the run, the last one among them.</param>
    public static SimulationResult Run(
        AllocationTrace trace,
        AllocatorModelInfo info,
        IAllocatorModel model,
        Observer? observer = null,
        LayoutSeries? series = null) =>
        Run(trace, info.Name, info.TakesCacheEvents ? model : new KeyedBlocks(model), observer, series);

    /// <summary>Plays a trace through a model the caller made.</summary>
    public static SimulationResult Run(
        AllocationTrace trace,
        string modelName,
        IAllocatorModel model,
        Observer? observer = null,
        LayoutSeries? series = null)
    {
        RunTally tally = new();
        long index = 0;
        foreach (AllocationEvent next in trace.Events)
        {
            EventOutcome outcome;
            try
            {
                outcome = model.Apply(next);
            }
            catch (TraceException exception)
            {
                throw new TraceException(
                    $"{trace.Whereabouts ?? $"event {index}"}: {OperationText.Of(next.Kind)} "
                    + $"{trace.NameOf(next.Id)}: {exception.Message}");
            }

            HeapCounters counters = model.Counters;
            tally.Count(index, outcome, counters);
            observer?.Invoke(index, next, outcome, counters);
            if (series is not null && series.IsDue(index))
                series.Take(index, model.Layout());
            index++;
        }

        HeapLayout layout = model.Layout();
        if (index > 0)
            series?.Take(index - 1, layout);
        return new SimulationResult(
            modelName, index, tally.Refused, tally.Evicted, layout,
            FragmentationMetrics.From(layout), tally.Metrics, tally.History(index, model.Counters));
    }
}
