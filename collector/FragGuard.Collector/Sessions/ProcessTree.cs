using System;

namespace FragGuard.Collector.Sessions;

/// <summary>Who started whom.</summary>
internal static class ProcessTree
{
    private const int MaxDepth = 64;

    /// <summary>
    /// Whether a process is <paramref name="ancestor"/> or descends from it. Where the system does not tell, yes: the
    /// private address it came by is proof enough. A process whose parent ended is nobody's descendant.
    /// </summary>
    public static bool IsDescendant(int processId, int ancestor)
    {
        if (!OperatingSystem.IsLinux())
            return true;

        int current = processId;
        for (int depth = 0; depth < MaxDepth && current > 0; depth++)
        {
            if (current == ancestor)
                return true;
            if (ProcessEntry.TryRead(current) is not { } entry)
                return false;

            current = entry.ParentId;
        }

        return false;
    }
}
