namespace FragGuard.Collector.Sessions;

/// <summary>A running .NET process with a diagnostic port.</summary>
/// <param name="ProcessId">Id as this process sees it.</param>
/// <param name="Name">Short name, without path.</param>
/// <param name="MainModulePath">Path of the executable; null when it may not be read.</param>
/// <param name="Command">What it runs.</param>
/// <param name="RuntimeVersion">Version of the runtime, such as 10.0.12; null when it was not asked or did not answer.</param>
/// <param name="IsOtherUser">Whether another user owns the process.</param>
public sealed record TraceableProcess(
    int ProcessId,
    string Name,
    string? MainModulePath,
    TargetCommand Command,
    string? RuntimeVersion,
    bool IsOtherUser);
