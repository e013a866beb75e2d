using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Pictures;

namespace FragGuard.FragTrace.Reports;

/// <summary>Two bars of the same length: the resident memory as the kernel divides it, and as the application does.</summary>
internal static class MemoryPictures
{
    private const int Tones = 10;

    public static Picture Draw(MemoryReport report)
    {
        List<BarPart> system = [];
        List<BarPart> parts = [];
        List<(Ink, string)> keys = [];
        void Add(List<BarPart> bar, string label, double bytes)
        {
            if (bytes <= 0)
                return;
            Ink ink = keys.Count < Tones ? Ink.Series0 + keys.Count : Ink.Unknown;
            bar.Add(new BarPart(label, bytes, ink));
            keys.Add((ink, label));
        }

        Add(system, "anonymous", report.System.AnonymousBytes);
        Add(system, "of files", report.System.FileBytes);
        Add(system, "shared", report.System.SharedMemoryBytes);
        (string Name, long Bytes)[] sums =
        [
            .. report.Parts.GroupBy(static part => MemoryWords.Name(part.Part), StringComparer.Ordinal)
                .Select(static group => (group.Key, Bytes: group.Sum(static part => part.ResidentBytes)))
                .OrderByDescending(static sum => sum.Bytes),
        ];
        int named = Tones - keys.Count - 1;
        foreach ((string name, long bytes) in sums.Take(named))
            Add(parts, name, bytes);
        long rest = sums.Skip(named).Sum(static sum => sum.Bytes);
        if (rest > 0)
        {
            parts.Add(new BarPart("other parts", rest, Ink.Unknown));
            keys.Add((Ink.Unknown, "other parts"));
        }

        return StackedBars.Draw(
            "Resident memory", [("as the kernel sees it", system), ("what it is for", parts)], keys, Amounts.Bytes);
    }
}
