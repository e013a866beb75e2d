using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Tests.Target;

internal static class Measures
{
    /// <summary>Collects each generation in turn and prints what the runtime measured.</summary>
    public static void Collect()
    {
        Random random = new(3);
        List<byte[]> kept = [];
        for (int round = 0; round < 9; round++)
        {
            for (int i = 0; i < 400; i++)
            {
                byte[] one = new byte[i % 20 == 0 ? 90_000 + random.Next(50_000) : random.Next(20_000)];
                if (i % 3 != 0)
                    kept.Add(one);
            }

            kept.RemoveAll(_ => random.Next(4) == 0);
            GC.Collect(round % 3, GCCollectionMode.Forced, blocking: true);
            Print(GC.GetGCMemoryInfo(GCKind.Any));
        }

        GC.KeepAlive(kept);
    }

    private static void Print(GCMemoryInfo info)
    {
        long index = info.Index;
        Truth.Say("gc", index, info.Generation, (long)(info.PauseDurations[0].TotalMilliseconds * 1000), info.PromotedBytes);
        for (int i = 0; i < info.GenerationInfo.Length; i++)
        {
            GCGenerationInfo one = info.GenerationInfo[i];
            Truth.Say(
                "generation", index, i, one.SizeBeforeBytes, one.SizeAfterBytes, one.FragmentationBeforeBytes,
                one.FragmentationAfterBytes);
        }
    }
}
