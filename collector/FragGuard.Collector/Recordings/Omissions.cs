using System.Collections.Generic;
using System.Globalization;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;
using FragGuard.Collector.Streams;

namespace FragGuard.Collector.Recordings;

/// <summary>Says what a reading left out.</summary>
internal static class Omissions
{
    public static IReadOnlyList<string> Of(
        ReadingState reading, StackTable stacks, MethodMap methods, PinLog pins, PoolLog pools, MemoryPoolLog memoryPools,
        CacheLog caches, StreamLog streams)
    {
        List<string> said = [];
        if (!reading.HasStacks)
            said.Add("Recordings of format version 6 are read without their stacks: no site is known.");
        Say(said, reading.StacksMissing, "events name a stack that the recording does not have: their site is unknown");
        Say(said, stacks.LeftOut, "events came with one stack too many to remember: their site is unknown");
        Say(said, methods.LeftOut, "modules, methods and line maps were too many to remember: some sites have no name or line");
        Say(said, pins.Omitted, "pinned objects are in no figure: too many at once, or of GCs that do not list their regions");
        Say(said, pools.Unfollowed, "rents of arrays were counted but not followed until their return: too many were out");
        Say(said, pools.Unlisted, "events of array pools were left out: there were too many pools and lengths");
        Say(said, pools.CallersLeftOut, "callers of rents and returns of arrays were left out: they were too many, or too far out");
        Say(said, memoryPools.Unlisted, "figures of memory pools were left out: there were too many owners");
        Say(said, streams.Unfollowed, "recyclable streams were counted but not followed until their end: too many were live");
        Say(said, caches.LeftOut, "stores into caches were not followed until their removal: too many entries were live");
        return said;
    }

    private static void Say(List<string> said, long count, string what)
    {
        if (count > 0)
            said.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}."));
    }
}
