using System;
using System.Collections.Generic;

namespace FragGuard.Testing;

/// <summary>How a run is recorded, and from where on it is not believed.</summary>
public sealed record RecorderOptions
{
    /// <summary>Folder for the recording and the report; a new one among the temporary files when null.</summary>
    public string? Folder { get; init; }

    /// <summary>Name of the files, without extension.</summary>
    public string Name { get; init; } = "run";

    /// <summary>
    /// What to record, as <c>collect --profile</c> takes it; <c>run</c> holds what verdicts need. A program that is given as a path is
    /// always recorded with that one.
    /// </summary>
    public string Profile { get; init; } = "run";

    /// <summary>
    /// Whether the own process collects and compacts its whole heap before the work, finalizers included, so that holes left by
    /// earlier work are not in the numbers.
    /// </summary>
    public bool CompactsFirst { get; init; } = true;

    /// <summary>
    /// Full GCs forced after the work of the own process, while its result is alive: means of the large-object heap need four.
    /// </summary>
    public int FullGcsAtEnd { get; init; } = 4;

    /// <summary>SARIF files whose findings are held against the run.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Share of lost events, 0..1, above which assertions refuse to judge.</summary>
    public double MaxLost { get; init; } = 0.01;

    /// <summary>Share of large-object bytes with unknown lifetime, 0..1, above which assertions refuse to judge.</summary>
    public double MaxUnknown { get; init; } = 0.5;

    /// <summary>
    /// The tool's <c>dotnet-fragtrace.dll</c> or executable; when null, that of the environment variable <c>FRAGGUARD_TOOL</c>, or
    /// <c>fragguard-tool/dotnet-fragtrace.dll</c> beside the test.
    /// </summary>
    public string? ToolPath { get; init; }

    /// <summary>How long one step of the tool may take, the recorded work not counted.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);
}
