using System;
using System.Collections.Generic;
using System.IO;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.CommandLine;
using FragGuard.Inspection.Kernel;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Inputs;

/// <summary>A recording of the kernel's page allocator, made by <c>kernel --record</c>.</summary>
internal sealed class KernelRecordingInput : ITraceInput
{
    /// <exception cref="FragTraceException">The file cannot be read or is no such recording.</exception>
    public static KernelRecording Open(string path) => Read(path, () => new KernelRecording(() => InputFile.Open(path)));

    /// <summary>What reading the file gives; what it throws becomes one line.</summary>
    /// <exception cref="FragTraceException">The file cannot be read or is damaged.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException exception)
        {
            throw new FragTraceException($"{path}: {exception.Message}", ExitCode.Arguments, exception);
        }
        catch (IOException exception)
        {
            throw FileProblem.In("Cannot read", path, exception);
        }
    }

    public bool Accepts(string path) => path.EndsWith(KernelRecordingFile.Extension, StringComparison.OrdinalIgnoreCase);

    public OpenedTrace OpenTrace(string path, ReadingOptions options)
    {
        AllocationTrace trace = RecordedPageTrace.Of(Open(path));
        return new OpenedTrace(new AllocationTrace(Checked(path, trace.Events)), []) { Gap = RecordedPageTrace.Gap };
    }

    /// <summary>The events, with what is found damaged on the way as one line.</summary>
    private static IEnumerable<AllocationEvent> Checked(string path, IEnumerable<AllocationEvent> events)
    {
        using IEnumerator<AllocationEvent> each = events.GetEnumerator();
        while (Read(path, each.MoveNext))
            yield return each.Current;
    }
}
