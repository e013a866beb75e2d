using System.Runtime.CompilerServices;
using FragGuard.Instrumentation;

namespace FragGuard.Collector.Tests.Target;

internal static class Cache
{
    private const int Stores = 2_000;

    /// <summary>Stores 2,000 entries, replaces every tenth and evicts the first 500.</summary>
    public static void Use()
    {
        int line = 0;
        long bytes = 0;
        for (int i = 0; i < Stores; i++)
        {
            line = Store(i, 1_000 + i);
            bytes += 1_000 + i;
        }

        for (int i = 0; i < Stores; i += 10)
            CacheEvents.Log.Removed("prices", i, 1_000 + i, "Replaced");
        for (int i = 1; i < 500; i += 2)
            CacheEvents.Log.Removed("prices", i, 1_000 + i, "Capacity");
        Truth.Say("cache", Stores, bytes, line);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Store(int entry, int bytes)
    {
        CacheEvents.Log.Stored("prices", entry, bytes, 0); return Truth.Line();
    }
}
