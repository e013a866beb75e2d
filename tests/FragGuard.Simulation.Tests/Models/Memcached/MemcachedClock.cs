using System.Globalization;
using System.Threading;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>The clock of a real memcached: whole seconds since it started.</summary>
internal static class MemcachedClock
{
    private const int PollMilliseconds = 5;

    public static long Seconds(MemcachedServer server) =>
        long.Parse(server.Connection.Statistics(string.Empty)["uptime"], CultureInfo.InvariantCulture);

    /// <summary>Waits until the clock shows a second, or a later one.</summary>
    /// <returns>What it shows.</returns>
    public static long WaitFor(MemcachedServer server, long second)
    {
        long now = Seconds(server);
        while (now < second)
        {
            Thread.Sleep(PollMilliseconds);
            now = Seconds(server);
        }

        return now;
    }
}
