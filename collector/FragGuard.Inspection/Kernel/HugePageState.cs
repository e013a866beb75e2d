using System;

namespace FragGuard.Inspection.Kernel;

/// <summary>How transparent huge pages are set; null where the kernel does not tell.</summary>
/// <param name="Enabled">always, madvise or never.</param>
/// <param name="Defrag">When a page fault may stall to compact: always, defer, defer+madvise, madvise or never.</param>
public sealed record HugePageState(string? Enabled, string? Defrag)
{
    /// <summary>The choice in brackets of such a text: "always [madvise] never".</summary>
    internal static string? Chosen(string? text)
    {
        int start = text?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        int end = start < 0 ? -1 : text!.IndexOf(']', start);
        string chosen = end < 0 ? "" : text![(start + 1)..end];
        return KernelWords.IsName(chosen) ? chosen : null;
    }
}
