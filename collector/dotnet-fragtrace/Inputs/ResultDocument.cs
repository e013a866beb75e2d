using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Inputs;

/// <summary>What a verb printed with <c>--json</c>, as the tree that it is. No list of a result holds null.</summary>
internal static class ResultDocument
{
    /// <summary>Far more than the largest report of a run.</summary>
    private const int MostMiB = 256;

    /// <exception cref="FragTraceException">The file cannot be read, or holds what no result does.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Read(string path)
    {
        using MemoryStream whole = InputFile.ReadWhole(path, MostMiB);
        ReadOnlySpan<byte> bytes = whole.GetBuffer().AsSpan(0, (int)whole.Length);
        OtherFormats.Refuse(path, bytes);
        if (RecordingInput.IsRecording(bytes))
            throw new FragTraceException($"{path}: a recording, and a pipe's name has to end in .nettrace for one. Save it as a file.", ExitCode.Arguments);
        JsonDocument document = JsonDocument.Parse(whole);
        if (!HoldsNullElement(document.RootElement))
            return document;
        document.Dispose();
        throw new FragTraceException($"{path}: not a result of this tool: one of its lists holds null.", ExitCode.Arguments);
    }

    private static bool HoldsNullElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Any(static one => one.ValueKind == JsonValueKind.Null || HoldsNullElement(one)),
        JsonValueKind.Object => element.EnumerateObject().Any(static one => HoldsNullElement(one.Value)),
        _ => false,
    };
}
