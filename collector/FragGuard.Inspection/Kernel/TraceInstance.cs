using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// A trace buffer of our own beside the kernel's (kernel documentation, trace/ftrace, Instances); it is gone once disposed
/// of. Everything that is ever written by an inspection is written in its folder. A full buffer takes no more: what it
/// holds has no gap. Its clock counts events, so that their order over all CPUs is kept.
/// </summary>
internal sealed class TraceInstance : IDisposable
{
    private static int _created;

    private readonly string _folder;
    private readonly FileStream _marker;

    /// <exception cref="InspectionException">The kernel refuses it.</exception>
    public TraceInstance(string root, long kilobytesPerCpu)
    {
        _folder = Path.Combine(root, "instances", TraceInstanceName.OfThisProcess(Interlocked.Increment(ref _created)).ToString());
        try
        {
            Directory.CreateDirectory(_folder);
            try
            {
                Write("tracing_on", "0");
                Write("trace_clock", "counter");
                Write("options/overwrite", "0");
                Write("buffer_size_kb", kilobytesPerCpu.ToString(CultureInfo.InvariantCulture));
                _marker = new FileStream(
                    Path.Combine(_folder, "trace_marker"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            }
            catch
            {
                TraceFiles.Remove(_folder);
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(exception);
        }
    }

    /// <summary>Records an event, only where the filter holds if one is given.</summary>
    /// <exception cref="InspectionException">The kernel refuses it.</exception>
    public void Enable(string groupAndEvent, string? filter = null)
    {
        try
        {
            if (filter is not null)
                Write($"events/{groupAndEvent}/filter", filter);
            Write($"events/{groupAndEvent}/enable", "1");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refused(exception);
        }
    }

    public void Start() => Write("tracing_on", "1");

    public void Stop() => Write("tracing_on", "0");

    /// <summary>Writes a text among the events. A full buffer refuses it.</summary>
    public void Mark(string text)
    {
        try
        {
            _marker.Write(Encoding.ASCII.GetBytes(text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The checkpoint it belongs to is not compared then.
        }
    }

    /// <summary>The lines of the stopped recording, in the order in which things happened.</summary>
    public IEnumerable<string> Lines() => File.ReadLines(Path.Combine(_folder, "trace"));

    /// <summary>Events that did not fit, on any CPU.</summary>
    public long LostEvents() => Directory.EnumerateDirectories(Path.Combine(_folder, "per_cpu"))
        .SelectMany(cpu => File.ReadLines(Path.Combine(cpu, "stats")))
        .Where(line => line.StartsWith("overrun", StringComparison.Ordinal)
            || line.StartsWith("commit overrun", StringComparison.Ordinal)
            || line.StartsWith("dropped events", StringComparison.Ordinal))
        .Sum(line => KernelNumber.TryParse(line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1).Trim(), out long lost) ? lost : 0);

    /// <exception cref="InspectionException">Its folder cannot be removed.</exception>
    public void Dispose()
    {
        _marker.Dispose();
        try
        {
            Stop();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Removing it stops it as well.
        }

        try
        {
            TraceFiles.Remove(_folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InspectionException(
                InspectionFailure.Invalid, $"The trace buffer {_folder} could not be removed; rmdir does it: {exception.Message}", exception);
        }
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private InspectionException Refused(Exception exception) => new(
        InspectionFailure.NoPermission, $"The kernel refuses to record in {_folder}; it takes root: {exception.Message}", exception);
}
