using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>A trace buffer of our own, beside the kernel's; it is gone once disposed of.</summary>
internal sealed class TraceInstance : IDisposable
{
    private const string Root = "/sys/kernel/tracing";
    private const int SmallestKilobytes = 8;

    private static int _created;

    private readonly string _folder;
    private readonly FileStream _marker;

    /// <exception cref="IOException">The kernel refuses a file.</exception>
    public TraceInstance(int kilobytesPerCpu)
    {
        _folder = string.Create(
            CultureInfo.InvariantCulture,
            $"{Root}/instances/fragguard-{Environment.ProcessId}-{Interlocked.Increment(ref _created)}");
        Directory.CreateDirectory(_folder);
        try
        {
            Write("tracing_on", "0");
            Write("trace_clock", "counter");
            Write("buffer_size_kb", kilobytesPerCpu.ToString(CultureInfo.InvariantCulture));
            _marker = new FileStream(
                Path.Combine(_folder, "trace_marker"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch
        {
            Directory.Delete(_folder);
            throw;
        }
    }

    /// <summary>Whether this machine lets us record.</summary>
    public static bool IsPossible()
    {
        if (!OperatingSystem.IsLinux() || !Has("kmem/mm_page_pcpu_drain"))
            return false;
        try
        {
            using TraceInstance tried = new(SmallestKilobytes);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the kernel has an event, named by its group and its name.</summary>
    public static bool Has(string groupAndEvent) => Directory.Exists($"{Root}/events/{groupAndEvent}");

    /// <summary>Records an event, only where the filter holds if one is given.</summary>
    public void Enable(string groupAndEvent, string? filter = null)
    {
        if (filter is not null)
            Write($"events/{groupAndEvent}/filter", filter);
        Write($"events/{groupAndEvent}/enable", "1");
    }

    public void Start() => Write("tracing_on", "1");

    public void Stop() => Write("tracing_on", "0");

    public void Mark(string text) => _marker.Write(Encoding.ASCII.GetBytes(text));

    /// <summary>The lines of the stopped recording, in the order in which things happened.</summary>
    public IEnumerable<string> Lines() => File.ReadLines(Path.Combine(_folder, "trace"));

    /// <summary>Events that did not fit, on any CPU.</summary>
    public long LostEvents() => Directory.EnumerateDirectories(Path.Combine(_folder, "per_cpu"))
        .SelectMany(cpu => File.ReadLines(Path.Combine(cpu, "stats")))
        .Where(line => line.StartsWith("overrun", StringComparison.Ordinal)
            || line.StartsWith("commit overrun", StringComparison.Ordinal)
            || line.StartsWith("dropped events", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _marker.Dispose();
        Stop();
        for (int attempt = 1; Directory.Exists(_folder); attempt++)
        {
            try
            {
                Directory.Delete(_folder);
            }
            catch (IOException) when (attempt < 100)
            {
                // A program that another test is starting holds our files until it is loaded.
                Thread.Sleep(20);
            }
        }
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}
