using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>Knows a saved text by what stands in it, whatever its file is called.</summary>
public static class KernelTextKinds
{
    /// <summary>Lines, such as a shell's prompt, that may stand before the first one of the kernel's.</summary>
    private const int MostForeignLines = 20;

    /// <summary>Null when none of its first lines is one of the kernel's.</summary>
    public static KernelText? Recognise(string source, string text)
    {
        string[] first = [.. text.Split('\n', MostForeignLines + 1).Take(MostForeignLines).Select(line => line.Trim())];
        for (int line = 0; line < first.Length; line++)
        {
            if (KindOf(first[line], text) is { } kind)
                return new KernelText(kind, source, text[StartOf(text, line)..]);
        }

        return null;
    }

    private static int StartOf(string text, int line)
    {
        int start = 0;
        for (; line > 0; line--)
            start = text.IndexOf('\n', start) + 1;
        return start;
    }

    private static KernelTextKind? KindOf(string line, string text)
    {
        if (line.StartsWith(PageTypeInfoText.OrderKey, StringComparison.Ordinal))
            return KernelTextKind.PageTypeInfo;
        if (SlabInfo.IsHeading(line) || SlabInfo.IsLine(line))
            return KernelTextKind.SlabInfo;
        if (line.StartsWith("Node", StringComparison.Ordinal))
            return KindOfZoneLine(KernelWords.Of(line), text);
        if (NamedNumbers.IsMemoryLine(line))
            return KernelTextKind.MemoryInfo;
        return NamedNumbers.IsCounterLine(line) ? KernelTextKind.Counters : null;
    }

    private static KernelTextKind? KindOfZoneLine(string[] words, string text)
    {
        if (words.Length < 4 || words[2] is not "zone")
            return null;
        if (words.Length == 4)
            return KernelTextKind.ZoneInfo;
        if (words.Length > 5 && words[4] is "type")
            return KernelTextKind.PageTypeInfo;
        if (!words[4].Contains('.', StringComparison.Ordinal))
            return KernelTextKind.BuddyInfo;

        // Both indices have the same form; only the external one goes below zero, and does so in nearly every zone.
        return text.Contains(" " + FragmentationIndex.Text(FragmentationIndex.WouldSucceed), StringComparison.Ordinal)
            ? KernelTextKind.ExternalIndex
            : KernelTextKind.UnusableIndex;
    }

    /// <summary>Its lines without blanks around them: a text may have been indented where it was pasted.</summary>
    internal static IEnumerable<string> Lines(this KernelText text) => text.Text.Split('\n').Select(line => line.Trim());
}
