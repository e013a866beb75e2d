using System;

namespace FragGuard.FragTrace.Exports;

/// <summary>Text as one field of a comma-separated line (RFC 4180).</summary>
internal static class CsvField
{
    public static string Of(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? text
            : '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
