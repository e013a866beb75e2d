using System.Collections.Generic;
using System.Globalization;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Nginx;

/// <summary>Random operations on a shared dictionary: mixed sizes, short lives, a clock that steps by milliseconds.</summary>
internal static class LuaDictTraces
{
    public static AllocationTrace Random(ulong seed, int operations, int keys) =>
        new(Events(seed, operations, keys), nameOf: NameOf);

    /// <summary>
    /// The same with lists, new times to live and increments that create. A list is used as a value and a value as a list
    /// now and then.
    /// </summary>
    public static AllocationTrace RandomWithLists(ulong seed, int operations, int keys) =>
        new(EventsWithLists(seed, operations, keys), nameOf: NameOf);

    private static string NameOf(long id) => $"k{id.ToString(CultureInfo.InvariantCulture)}";

    private static IEnumerable<AllocationEvent> Events(ulong seed, int operations, int keys)
    {
        SeededRandom random = new(seed);
        long clock = 0;
        for (int i = 0; i < operations; i++)
        {
            AllocationEventKind kind = Kind(random);
            if (kind == AllocationEventKind.Time)
                clock += random.Next(0, 4);
            long key = random.Next(1, keys);
            bool isStore = kind is >= AllocationEventKind.Set and <= AllocationEventKind.Replace;
            yield return kind switch
            {
                AllocationEventKind.Time => new AllocationEvent(kind, 0, Milliseconds: clock),
                AllocationEventKind.FlushAll => new AllocationEvent(kind, 0),
                AllocationEventKind.FlushExpired => new AllocationEvent(kind, 0, Bytes: random.Next(0, 6)),
                _ => new AllocationEvent(
                    kind,
                    key,
                    isStore ? ValueBytes(random) : 0,
                    NameOf(key).Length,
                    Milliseconds: isStore && random.Next(1, 3) == 1 ? random.Next(1, 400) : 0),
            };
        }
    }

    private static IEnumerable<AllocationEvent> EventsWithLists(ulong seed, int operations, int keys)
    {
        SeededRandom random = new(seed);
        long clock = 0;
        for (int i = 0; i < operations; i++)
        {
            bool isList = random.Next(1, 100) <= 45;
            AllocationEventKind kind = isList ? ListKind(random) : KindBesidesLists(random);
            if (kind == AllocationEventKind.Time)
                clock += random.Next(0, 4);
            // One key in three is meant for lists; a few operations stray.
            long key = (random.Next(0, (keys / 3) - 1) * 3)
                + (isList == random.Next(1, 100) <= 94 ? 0 : random.Next(1, 2));
            bool isPush = kind is AllocationEventKind.PushLeft or AllocationEventKind.PushRight;
            bool isStore = kind is >= AllocationEventKind.Set and <= AllocationEventKind.Replace;
            yield return kind switch
            {
                AllocationEventKind.Time => new AllocationEvent(kind, 0, Milliseconds: clock),
                AllocationEventKind.FlushAll => new AllocationEvent(kind, 0),
                AllocationEventKind.FlushExpired => new AllocationEvent(kind, 0, Bytes: random.Next(0, 6)),
                AllocationEventKind.Increment => new AllocationEvent(
                    kind, key, random.Next(0, 2) > 0 ? 8 : 0, NameOf(key).Length, Milliseconds: TimeToLive(random)),
                AllocationEventKind.Touch => new AllocationEvent(
                    kind, key, KeyBytes: NameOf(key).Length, Milliseconds: TimeToLive(random)),
                _ => new AllocationEvent(
                    kind,
                    key,
                    isStore || isPush ? ValueBytes(random) : 0,
                    NameOf(key).Length,
                    Milliseconds: isStore ? TimeToLive(random) : 0),
            };
        }
    }

    private static long TimeToLive(SeededRandom random) => random.Next(1, 3) == 1 ? random.Next(1, 400) : 0;

    private static AllocationEventKind ListKind(SeededRandom random) => random.Next(1, 100) switch
    {
        <= 30 => AllocationEventKind.PushLeft,
        <= 58 => AllocationEventKind.PushRight,
        <= 73 => AllocationEventKind.PopLeft,
        <= 86 => AllocationEventKind.PopRight,
        <= 92 => AllocationEventKind.ListLength,
        <= 97 => AllocationEventKind.Touch,
        <= 99 => AllocationEventKind.Get,
        _ => AllocationEventKind.Delete,
    };

    private static AllocationEventKind KindBesidesLists(SeededRandom random) => random.Next(1, 100) switch
    {
        <= 10 => AllocationEventKind.Touch,
        <= 25 => AllocationEventKind.Increment,
        _ => Kind(random),
    };

    private static AllocationEventKind Kind(SeededRandom random) => random.Next(1, 1_000) switch
    {
        <= 330 => AllocationEventKind.Set,
        <= 410 => AllocationEventKind.SafeSet,
        <= 490 => AllocationEventKind.Add,
        <= 550 => AllocationEventKind.SafeAdd,
        <= 610 => AllocationEventKind.Replace,
        <= 690 => AllocationEventKind.Increment,
        <= 850 => AllocationEventKind.Get,
        <= 920 => AllocationEventKind.Delete,
        <= 985 => AllocationEventKind.Time,
        <= 999 => AllocationEventKind.FlushExpired,
        _ => random.Next(1, 10) == 1 ? AllocationEventKind.FlushAll : AllocationEventKind.Get,
    };

    private static long ValueBytes(SeededRandom random) => random.Next(1, 100) switch
    {
        <= 30 => 8,
        <= 55 => random.Next(0, 60),
        <= 80 => random.Next(60, 450),
        <= 93 => random.Next(450, 2_100),
        <= 98 => random.Next(2_100, 9_000),
        _ => random.Next(9_000, 30_000),
    };
}
