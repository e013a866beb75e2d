using System;
using System.Collections.Generic;
using System.CommandLine;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>kernel --record</c>: what the page allocator does, in a file.</summary>
internal sealed class KernelRecord
{
    private const int DefaultMegabytes = 32;
    private const int MostMegabytes = 4096;

    private readonly Option<string?> _record = new("--record")
    {
        Description = $"Record the page allocator's events to this file, which ends in {KernelRecordingFile.Extension}; takes root. 'simulate' plays it.",
        HelpName = "file",
    };

    private readonly Option<TimeSpan?> _duration = DurationOption.Create();
    private readonly Option<int?> _bufferSize = new("--buffersize")
    {
        Description = $"Kernel memory for events on each CPU, in MB; {DefaultMegabytes}, or less, so that the buffers of all CPUs take an eighth of the available memory at most.",
        HelpName = "MB",
        CustomParser = static result => NumberText.Whole(result),
    };

    public void AddTo(Command command)
    {
        command.Add(_record);
        command.Add(_duration);
        command.Add(_bufferSize);
    }

    /// <summary>Null when it is not given. A watch takes it too.</summary>
    public TimeSpan? DurationOf(ParseResult parsed) => parsed.GetValue(_duration);

    public bool HasBufferSize(ParseResult parsed) => parsed.GetValue(_bufferSize) is not null;

    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_record) is not null;

    /// <exception cref="FragTraceException">The file cannot be written, the kernel refuses, or the buffer has no room.</exception>
    public KernelRecordingRow Run(ParseResult parsed, ToolConsole console, StopSignals signals)
    {
        string path = parsed.GetValue(_record)!;
        if (!path.EndsWith(KernelRecordingFile.Extension, StringComparison.OrdinalIgnoreCase))
            throw new FragTraceException($"--record {path}: the file's name ends in {KernelRecordingFile.Extension}.", ExitCode.Arguments);
        KernelRecorderOptions options = new(DurationOf(parsed), KilobytesPerCpu(parsed));
        OutputFile.RequireWritable(path);
        return InspectionErrors.Run(() =>
        {
            SayLeftovers(console);
            try
            {
                new KernelRecorder(options).Record(
                    () => OutputFile.CreatePrivate(path), () => console.Note("Recording the page allocator; Enter or Ctrl+C stops."),
                    signals.Stop, signals.Abort);
            }
            catch (OperationCanceledException exception)
            {
                throw new FragTraceException($"Ended at once; {path} is cut.", ExitCode.Tracing, exception);
            }

            return KernelRecordingRows.Of(path, KernelRecordingInput.Open(path));
        });
    }

    /// <summary>As asked, or what fits.</summary>
    private long KilobytesPerCpu(ParseResult parsed)
    {
        if (parsed.GetValue(_bufferSize) is { } asked)
        {
            return asked is >= 1 and <= MostMegabytes
                ? asked * 1024L
                : throw new FragTraceException($"--buffersize is from 1 to {MostMegabytes} MB.", ExitCode.Arguments);
        }

        long available = InspectionErrors.Run(LiveKernel.Look).Kilobytes("MemAvailable") ?? 0;
        return KernelRecorderOptions.FittingKilobytes(available, LiveKernel.OnlineCpus(), DefaultMegabytes * 1024L);
    }

    private static void SayLeftovers(ToolConsole console)
    {
        (IReadOnlyList<string> removed, IReadOnlyList<string> left) = TraceFiles.RemoveLeftovers(TraceFiles.Root());
        foreach (string folder in removed)
            console.Note($"Removed {folder}, the trace buffer of a recording that was killed.");
        foreach (string folder in left)
            console.Note($"{folder} is the trace buffer of a recording that was killed, and could not be removed.");
    }
}
