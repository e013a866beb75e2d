using System.Collections.Generic;
using System.IO;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>How often events occur in a recording.</summary>
internal static class RecordedEvents
{
    /// <summary>Events of the runtime, and how many of them carry a stack.</summary>
    public static Dictionary<int, (int Count, int WithStack)> Count(string file, params int[] ids)
    {
        Dictionary<int, (int Count, int WithStack)> counts = [];
        EventRouter router = new();
        foreach (int id in ids)
        {
            counts[id] = (0, 0);
            router.On(RuntimeEvents.Provider, id, (in RecordedEvent recorded) =>
            {
                (int count, int withStack) = counts[recorded.Id];
                counts[recorded.Id] = (count + 1, withStack + (recorded.Stack.Length > 0 ? 1 : 0));
            });
        }

        Read(file, router);
        return counts;
    }

    public static int Count(string file, string provider, int id)
    {
        int count = 0;
        EventRouter router = new();
        router.On(provider, id, (in RecordedEvent _) => count++);
        Read(file, router);
        return count;
    }

    private static void Read(string file, EventRouter router)
    {
        using FileStream stream = File.OpenRead(file);
        NettraceReader.Read(stream, router, new ReadingState());
    }
}
