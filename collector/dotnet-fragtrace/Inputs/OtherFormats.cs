using System;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Inputs;

/// <summary>Files of other tools that come the way of this one and are not read: told by how they begin.</summary>
internal static class OtherFormats
{
    /// <exception cref="FragTraceException">A file of these first bytes is one of them.</exception>
    public static void Refuse(string path, ReadOnlySpan<byte> head)
    {
        if (NameOf(head) is { } name)
            throw new FragTraceException($"{path}: {name}", ExitCode.Arguments);
    }

    private static string? NameOf(ReadOnlySpan<byte> head)
    {
        // The length of the text, and the text.
        if (head.StartsWith("\u0014\0\0\0!FastSerialization.1"u8))
            return "a .gcdump, .etlx or .netperf file, which this tool does not read; it reads .nettrace recordings.";
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "a compressed file; unpack it first.";
        return null;
    }
}
