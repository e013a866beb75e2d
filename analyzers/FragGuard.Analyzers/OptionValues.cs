using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers;

/// <summary>Values of <c>.editorconfig</c> keys; null, or nothing, for what is absent or cannot be read.</summary>
internal static class OptionValues
{
    /// <summary>A decimal number that is not negative.</summary>
    public static double? Number(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out string? text)
        && double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;

    /// <summary>A whole number that is not negative.</summary>
    public static int? Count(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out string? text)
        && int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    public static bool? Flag(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out string? text) && bool.TryParse(text, out bool value) ? value : null;

    /// <summary>Names separated by <c>|</c> or <c>,</c>, as in <c>My.Pool | My.Other`1</c>.</summary>
    public static ImmutableArray<string> Names(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out string? text)
            ? text.Split('|', ',').Select(name => name.Trim()).Where(name => name.Length > 0)
                .Distinct(StringComparer.Ordinal).ToImmutableArray()
            : [];
}
