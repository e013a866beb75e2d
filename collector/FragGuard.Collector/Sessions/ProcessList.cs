using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>The .NET processes of this machine that can be traced.</summary>
public static class ProcessList
{
    private const string PipeDirectory = @"\\.\pipe\";

    /// <summary>All of them but this process, by id. Never throws for a process that ends or hides meanwhile.</summary>
    public static IReadOnlyList<TraceableProcess> Scan()
    {
        TraceableProcess[] found = OperatingSystem.IsLinux() ? ScanProcfs() : ScanSockets();
        Task<TraceableProcess>[] asked = [.. found.Select(WithRuntimeVersionAsync)];
        return Task.WhenAll(asked).GetAwaiter().GetResult();
    }

    /// <summary>Those whose name or main assembly equals <paramref name="name"/>, ignoring case.</summary>
    public static IReadOnlyList<TraceableProcess> ByName(string name) =>
        [.. Scan().Where(process => IsNamed(process, name))];

    /// <summary>The port of a process; null when it has none that can be seen.</summary>
    internal static RuntimePort? PortOf(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            DiagnosticSocket? found = DiagnosticSocket.In(OwnDirectory)
                .Where(socket => socket.ProcessId == processId)
                .OrderByDescending(socket => socket.Key)
                .FirstOrDefault();
            return found is null ? null : new ListeningPort(processId, found.Address);
        }

        return ProcessEntry.TryRead(processId) is { } entry && SocketOf(entry, new SocketCatalogue()) is { } address
            ? new ListeningPort(processId, address)
            : null;
    }

    private static string OwnDirectory => OperatingSystem.IsWindows() ? PipeDirectory : Path.GetTempPath();

    private static TraceableProcess[] ScanProcfs()
    {
        SocketCatalogue catalogue = new();
        List<TraceableProcess> found = [];
        foreach (ProcessEntry entry in ProcessEntry.All())
        {
            if (entry.ProcessId == Environment.ProcessId || SocketOf(entry, catalogue) is null)
                continue;

            // The kernel cuts its own name for a process at 15 characters.
            string? path = entry.MainModulePath();
            found.Add(new TraceableProcess(
                entry.ProcessId, Path.GetFileName(path) ?? entry.Name, path, TargetCommand.Of(entry.Arguments()), RuntimeVersion: null,
                IsOtherUser: entry.UserId != OwnUserId()));
        }

        return [.. found.OrderBy(process => process.ProcessId)];
    }

    internal static int OwnUserId() => ProcessEntry.TryRead(Environment.ProcessId)?.UserId ?? 0;

    private static string? SocketOf(ProcessEntry entry, SocketCatalogue catalogue) =>
        catalogue.Find(Path.GetTempPath(), entry.ProcessId, entry.StartTicks)
        ?? catalogue.Find(entry.TemporaryDirectory(), entry.NamespaceId, entry.StartTicks);

    private static TraceableProcess[] ScanSockets()
    {
        List<TraceableProcess> found = [];
        foreach (int processId in DiagnosticSocket.In(OwnDirectory).Select(socket => socket.ProcessId).Distinct().Order())
        {
            if (processId != Environment.ProcessId && Describe(processId) is { } process)
                found.Add(process);
        }

        return [.. found];
    }

    private static TraceableProcess? Describe(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            string? path = process.MainModule?.FileName;
            return new TraceableProcess(processId, process.ProcessName, path, TargetCommand.Of(path is null ? [] : [path]), RuntimeVersion: null, IsOtherUser: false);
        }
        catch (Win32Exception)
        {
            return new TraceableProcess(processId, "", MainModulePath: null, TargetCommand.Of([]), RuntimeVersion: null, IsOtherUser: true);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<TraceableProcess> WithRuntimeVersionAsync(TraceableProcess process)
    {
        RuntimeIdentity? identity = await RuntimeIdentity.TryAskAsync(process.ProcessId).ConfigureAwait(false);
        return identity is null
            ? process
            : process with
            {
                RuntimeVersion = identity.RuntimeVersion,
                Command = process.Command.Line.Length > 0 ? process.Command : TargetCommand.Of(identity.CommandLine),
            };
    }

    private static bool IsNamed(TraceableProcess process, string name) =>
        string.Equals(process.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(process.Command.ProgramName, name, StringComparison.OrdinalIgnoreCase);
}
