using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>Starts commands so that their .NET runtime waits for us before it runs any code.</summary>
public static class TargetLauncher
{
    private static readonly TimeSpan ScanInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan DetachedPatience = TimeSpan.FromSeconds(3);

    /// <exception cref="SessionException">The command does not start, ends early, or holds no .NET runtime.</exception>
    public static async Task<LaunchedTarget> LaunchAsync(LaunchCommand command, CancellationToken cancellation = default)
    {
        ReversedPort port = ReversedPort.Open();
        Process process;
        try
        {
            process = Start(command, port.Address);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            port.Dispose();
            throw new SessionException(
                SessionFailure.CommandNotStarted, $"Cannot start '{command.FileName}': {ReasonOf(exception)}.", exception);
        }

        LaunchedTarget target = new(process, port, command.Output);
        port.Accept();
        try
        {
            await WaitForRuntimeAsync(target, port, command, cancellation).ConfigureAwait(false);
            return target;
        }
        catch
        {
            await target.AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static Process Start(LaunchCommand command, string portAddress)
    {
        bool isRedirected = command.Output != ChildOutput.Inherit;
        ProcessStartInfo start = new(command.FileName)
        {
            UseShellExecute = false,
            RedirectStandardInput = isRedirected,
            RedirectStandardOutput = isRedirected,
            RedirectStandardError = isRedirected,
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
        foreach (string argument in command.Arguments)
            start.ArgumentList.Add(argument);
        foreach (KeyValuePair<string, string?> variable in command.Environment)
            start.Environment[variable.Key] = variable.Value;
        start.Environment[ReversedPort.Variable] = portAddress;
        return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
    }

    /// <summary>What the system says; the exception's own message repeats the command.</summary>
    private static string ReasonOf(Exception exception) => exception is Win32Exception { NativeErrorCode: not 0 } refused
        ? new Win32Exception(refused.NativeErrorCode).Message
        : exception.Message.TrimEnd('.');

    private static async Task WaitForRuntimeAsync(
        LaunchedTarget target, ReversedPort port, LaunchCommand command, CancellationToken cancellation)
    {
        Task limit = Task.Delay(command.ConnectTimeout, cancellation);
        Task<int> end = EndOfAllAsync(target, cancellation);
        Task first = await Task.WhenAny(port.Target, end, limit).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (port.Target.IsCompletedSuccessfully)
            return;

        if (first == end)
        {
            int code = await end.ConfigureAwait(false);
            throw new SessionException(
                SessionFailure.ExitedEarly,
                $"'{command.FileName}' exited with code {code} before a .NET runtime started in it.");
        }

        throw new SessionException(
            SessionFailure.NoRuntimeConnected,
            $"No .NET runtime started in '{command.FileName}' within {command.ConnectTimeout.TotalSeconds:0.#} s; "
            + "it may be no .NET program, or have its diagnostics switched off.");
    }

    /// <summary>
    /// Waits until the command has ended and so has all that it detached and that may yet connect. Processes that start others
    /// are seen twice or not at all.
    /// </summary>
    /// <returns>Exit code of the command.</returns>
    private static async Task<int> EndOfAllAsync(LaunchedTarget target, CancellationToken cancellation)
    {
        int code = await target.Exit.WaitAsync(cancellation).ConfigureAwait(false);
        if (!OperatingSystem.IsLinux())
            await Task.Delay(DetachedPatience, cancellation).ConfigureAwait(false);
        for (int scansWithout = 0; scansWithout < 2;)
        {
            await Task.Delay(ScanInterval, cancellation).ConfigureAwait(false);
            scansWithout = target.Bearers().Any() ? 0 : scansWithout + 1;
        }

        return code;
    }
}
