using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>What holds a cache, for people.</summary>
internal static class HeapCachePath
{
    /// <summary>A shortest way to it, the root first.</summary>
    public static string HeldBy(this HeapCacheRow cache)
    {
        string root = cache.Root switch
        {
            null => "no listed root",
            "static" => $"static {cache.RootName}",
            "stack" => "local variable",
            "finalizer" => "finalizer queue",
            "handle" => "GC handle",
            _ => "runtime",
        };
        return string.Join(" → ", cache.Holders.Reverse().Prepend(root));
    }
}
