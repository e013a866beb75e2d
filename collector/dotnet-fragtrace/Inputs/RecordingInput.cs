using System;
using System.Threading;
using FragGuard.Collector.Events;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A <c>.nettrace</c> recording of a .NET process.</summary>
internal sealed class RecordingInput : ITraceInput, IReportInput
{
    private static ReadOnlySpan<byte> FirstBytes => "Nettrace"u8;

    /// <exception cref="FragTraceException">The file cannot be read or is no recording.</exception>
    public static RecordedRun Read(string path, ReadingOptions options, CancellationToken cancellation = default)
    {
        InputFile.Require(path);
        try
        {
            return RecordingReader.Read(path, options, cancellation);
        }
        catch (RecordingFormatException exception)
        {
            throw new FragTraceException(exception.Message, ExitCode.Arguments, exception);
        }
        catch (Exception exception) when (FileProblem.IsAnticipated(exception))
        {
            throw FileProblem.In("Cannot read", path, exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new FragTraceException($"Stopped while reading {path}; the recording is kept.", ExitCode.Tracing, exception);
        }
    }

    /// <summary>Whether these are the first bytes of one.</summary>
    public static bool IsRecording(ReadOnlySpan<byte> bytes) => bytes.StartsWith(FirstBytes);

    public bool Accepts(string path) =>
        path.EndsWith(".nettrace", StringComparison.OrdinalIgnoreCase) || InputFile.BeginsWith(path, FirstBytes);

    /// <summary>The large objects of the recording: births, deaths at full GCs and the full GCs themselves.</summary>
    public OpenedTrace OpenTrace(string path, ReadingOptions options)
    {
        RecordedRun run = Read(path, options);
        return new OpenedTrace(run.LargeObjects.Trace, run.Collections) { Gap = LargeObjectGap.Of(run.LargeObjects) };
    }

    public RunReport ReadReport(string path, ReadingOptions options) =>
        RunReportBuilder.Build(Read(path, options), [], path, project: null, exitCode: null);
}
