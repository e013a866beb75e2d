using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace FragGuard.Collector.Tests.Target;

/// <summary>A program that does little: a few GCs, then nothing for a while.</summary>
internal static class Quiet
{
    /// <summary>Makes holes in the large-object heap, collects that often, prints the number of each GC, and waits.</summary>
    public static async Task CollectAndWaitAsync(int collections, TimeSpan wait)
    {
        List<byte[]> kept = [];
        for (int i = 0; i < collections; i++)
        {
            for (int j = 0; j < 10; j++)
            {
                byte[] one = new byte[100_000];
                if (j % 2 == 0)
                    kept.Add(one);
            }

            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: false);
            Truth.Say("gc", GC.GetGCMemoryInfo(GCKind.FullBlocking).Index);
        }

        Truth.Say("ready", 1);
        await Task.Delay(wait).ConfigureAwait(false);
        GC.KeepAlive(kept);
    }
}
