using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Sessions;

/// <summary>A command to start under trace.</summary>
/// <param name="FileName">Program: a path, or a name searched on the path.</param>
/// <param name="Arguments">Arguments, unquoted, one each.</param>
public sealed record LaunchCommand(string FileName, IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to our own environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public ChildOutput Output { get; init; } = ChildOutput.Inherit;

    /// <summary>How long a .NET runtime may take to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
