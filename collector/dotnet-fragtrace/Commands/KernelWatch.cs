using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Commands;

/// <summary>Looks at the kernel again and again, and says each look and each mark in a line.</summary>
internal sealed class KernelWatch(TimeSpan interval, TimeSpan? duration, Action<string> say)
{
    /// <summary>Watches until the time is over, with a last look at its end, or until <paramref name="stop"/> asks to end.</summary>
    /// <exception cref="Inspection.Procfs.InspectionException">This is no Linux.</exception>
    public async Task<KernelSeriesRow> RunAsync(CancellationToken stop)
    {
        KernelSeries series = new();
        KernelSampleRow? before = null;
        Stopwatch clock = Stopwatch.StartNew();
        long pageBytes;
        TimeSpan due = TimeSpan.Zero;
        for (long next = 1; ; next++)
        {
            KernelSnapshot kernel = LiveKernel.Look();
            pageBytes = kernel.PageBytes;
            (KernelSample sample, KernelRecovery? recovery, SlabStep? step) = series.Add(clock.Elapsed, kernel);
            KernelSampleRow row = KernelSeriesBuilder.Row(sample, pageBytes);
            say(KernelSeriesWords.Line(row, before));
            if (recovery is not null)
                say(KernelSeriesWords.Line(KernelSeriesBuilder.Row(recovery, pageBytes)));
            if (step is not null)
                say(KernelSeriesWords.Line(KernelSeriesBuilder.Row(step)));
            before = row;
            if (due == duration || clock.Elapsed >= duration)
                break;
            due = interval * next;
            if (due > duration)
                due = duration.Value;
            if (!await WaitAsync(due - clock.Elapsed, stop).ConfigureAwait(false))
                break;
        }

        return KernelSeriesBuilder.Build(series, pageBytes);
    }

    /// <summary>False when there is no further look.</summary>
    private static async Task<bool> WaitAsync(TimeSpan left, CancellationToken stop)
    {
        try
        {
            if (left > TimeSpan.Zero)
                await Task.Delay(left, stop).ConfigureAwait(false);
            return !stop.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
