namespace FragGuard.Collector.Recordings;

/// <summary>The process a recording was made of. Text is empty where the recording does not say.</summary>
/// <param name="RuntimeVersion">Such as 10.0.12; empty for runtimes before .NET 5, which do not tell.</param>
/// <param name="OperatingSystem">Such as Linux.</param>
/// <param name="Architecture">Such as x64.</param>
/// <param name="Processors">Processors the runtime saw; 0 when unknown.</param>
public sealed record RecordedTarget(
    int ProcessId,
    string CommandLine,
    string RuntimeVersion,
    string OperatingSystem,
    string Architecture,
    int Processors);
