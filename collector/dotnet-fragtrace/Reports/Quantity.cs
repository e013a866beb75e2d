using System;
using System.Globalization;
using System.Text;

namespace FragGuard.FragTrace.Reports;

/// <summary>A named number of a finding. Its name carries the unit, as names in this code base do.</summary>
internal static class Quantity
{
    private static readonly string[] RatioNames = ["Ratio", "Waste", "Fragmentation", "Share"];

    private static readonly (string Word, string Shown)[] Abbreviations =
        [("loh", "LOH"), ("poh", "POH"), ("soh", "SOH"), ("gc", "GC"), ("gcs", "GCs")];

    /// <summary>The value with the unit its name says.</summary>
    public static string Format(string name, double value) => name switch
    {
        _ when IsNamed(name, "Bytes") => Amounts.Bytes(value),
        _ when IsNamed(name, "Ms") || IsNamed(name, "Milliseconds") => Amounts.Milliseconds(value),
        _ when IsNamed(name, "Change") => Amounts.Change(value),
        _ when IsRatio(name) => Amounts.Percent(value),
        _ => Amounts.Number(value),
    };

    /// <summary>The size of a difference between two values of the name; between ratios in percentage points.</summary>
    public static string FormatError(string name, double size) =>
        IsRatio(name) ? string.Create(CultureInfo.InvariantCulture, $"{size * 100:0.0} points") : Format(name, size);

    /// <summary>The camelCase name in words, its unit left to the value: lohMeanBytes is "LOH mean".</summary>
    public static string Label(string name)
    {
        string words = Words(name);
        foreach (string unit in (string[])[" bytes", " ms", " ratio"])
        {
            if (words.EndsWith(unit, StringComparison.Ordinal))
                return words[..^unit.Length];
        }

        return words;
    }

    private static bool IsRatio(string name) => Array.Exists(RatioNames, ratio => IsNamed(name, ratio));

    private static bool IsNamed(string name, string word) =>
        name.EndsWith(word, StringComparison.Ordinal) || name.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string Words(string name)
    {
        StringBuilder words = new();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
                words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        string[] parts = words.ToString().Split(' ');
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Array.Find(Abbreviations, one => string.Equals(one.Word, parts[i], StringComparison.Ordinal)).Shown ?? parts[i];
        }

        string text = string.Join(' ', parts);
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }
}
