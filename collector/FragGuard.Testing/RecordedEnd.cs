using System;
using System.Text.Json;

namespace FragGuard.Testing;

/// <summary>How a recording ended, as the tool printed it.</summary>
/// <param name="Refusal">Why the run is not judged; null when the recording lasted as long as what it is of.</param>
/// <param name="ExitCode">Of a process that ended by itself; null otherwise.</param>
internal sealed record RecordedEnd(string? Refusal, int? ExitCode)
{
    /// <summary>Of <c>collect -p</c>, which ends when it is asked to.</summary>
    public static RecordedEnd OfWork(string json) => Measured.Read(json, static root => Of(root, "Stopped", "work"));

    /// <summary>Of <c>collect --</c> and a command.</summary>
    public static RecordedEnd OfProcess(string json) => Measured.Read(json, static root => Of(root, "TargetExited", "process"));

    /// <summary>Of <c>run</c>, which knows no exit code of a program that outlived its recording.</summary>
    public static RecordedEnd OfProgram(string json) => Measured.Read(json, static root =>
    {
        int? exitCode = ExitCodeOf(root.GetProperty("target"));
        return new RecordedEnd(exitCode is null ? "The recording ended before the program did." : null, exitCode);
    });

    private static RecordedEnd Of(JsonElement root, string wholeEnd, string what)
    {
        string end = root.GetProperty("end").GetString() ?? "";
        bool isWhole = string.Equals(end, wholeEnd, StringComparison.Ordinal);
        return new RecordedEnd(isWhole ? null : $"The recording ended before the {what} did ({end}).", ExitCodeOf(root));
    }

    private static int? ExitCodeOf(JsonElement holder) =>
        holder.GetProperty("exitCode") is { ValueKind: not JsonValueKind.Null } code ? code.GetInt32() : null;
}
