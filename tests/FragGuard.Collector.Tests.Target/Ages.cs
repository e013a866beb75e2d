using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Tests.Target;

/// <summary>Arrays that die young, in old age, or not at all, each from a method of its own.</summary>
internal static class Ages
{
    private const int Length = 1_000;
    private const int Rounds = 20;
    private const int ShortCount = 10_000;
    private const int MiddleCount = 2_000;
    private const int LongCount = 1_000;

    public static void Live()
    {
        List<byte[]> kept = [];
        for (int round = 0; round < Rounds; round++)
        {
            List<byte[]> middle = [];
            for (int i = 0; i < MiddleCount; i++)
                middle.Add(MakeMiddle());
            for (int i = 0; i < LongCount; i++)
                kept.Add(MakeLong());
            for (int i = 0; i < ShortCount; i++)
                GC.KeepAlive(MakeShort());
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            GC.KeepAlive(middle);
            middle.Clear();
            GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        }

        Truth.Say("short", Rounds * ShortCount * (Length + 24L));
        Truth.Say("middle", Rounds * MiddleCount * (Length + 24L));
        Truth.Say("long", Rounds * LongCount * (Length + 24L));
        GC.KeepAlive(kept);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] MakeShort() => new byte[Length];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] MakeMiddle() => new byte[Length];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] MakeLong() => new byte[Length];
}
