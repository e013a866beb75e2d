using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>ps --json</c> prints.</summary>
public sealed record ProcessListing(IReadOnlyList<ProcessRow> Processes)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "fragguard.processes/1";
}

/// <summary>One .NET process that can be traced.</summary>
/// <param name="MainModulePath">Path of the executable; null when it may not be read.</param>
/// <param name="RuntimeVersion">Null when the runtime was not asked.</param>
/// <param name="IsOtherUser">Whether another user owns it.</param>
public sealed record ProcessRow(
    int ProcessId, string Name, string? MainModulePath, string CommandLine, string? RuntimeVersion, bool IsOtherUser);
