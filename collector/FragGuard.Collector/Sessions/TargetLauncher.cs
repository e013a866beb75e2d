using System;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Sessions;

/// <summary>Starts commands so that their .NET runtime waits for us before it runs any code.</summary>
public static class TargetLauncher
{
    /// <exception cref="SessionException">The command does not start, ends early, or holds no .NET runtime.</exception>
    public static Task<LaunchedTarget> LaunchAsync(LaunchCommand command, CancellationToken cancellation = default) =>
        throw new NotSupportedException();
}
