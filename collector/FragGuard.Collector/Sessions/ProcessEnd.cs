using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions;

/// <summary>The end of a process whose output may outlive it.</summary>
public static class ProcessEnd
{
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits until the process has ended, and then ten seconds at most for the end of its redirected output: a descendant that outlives it
    /// may hold that open, and on a busy machine what it wrote takes a while to arrive.
    /// </summary>
    /// <param name="process">A started process.</param>
    /// <param name="cancellation">Ends the waiting, not the process.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public static async Task<int> OfAsync(Process process, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(process);
        TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult();
        process.EnableRaisingEvents = true;
        await exited.Task.WaitAsync(cancellation).ConfigureAwait(false);
        await Task.WhenAny(process.WaitForExitAsync(CancellationToken.None), Task.Delay(OutputPatience, CancellationToken.None)).ConfigureAwait(false);
        return process.ExitCode;
    }
}
