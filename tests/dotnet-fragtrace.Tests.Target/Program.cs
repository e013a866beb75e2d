using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;

namespace FragGuard.FragTrace.Tests.Target;

/// <summary>Ends, fails or goes on, as the first argument says.</summary>
internal static class Program
{
    private const int WarmUpRounds = 20;

    public static int Main(string[] arguments)
    {
        Console.WriteLine("The target speaks.");
        switch (arguments.Length == 0 ? "" : arguments[0])
        {
            case "exit":
                return int.Parse(arguments[1], CultureInfo.InvariantCulture);
            case "arguments":
                File.WriteAllLines(arguments[1], arguments[2..]);
                return 0;
            case "spin":
                Allocate(TimeSpan.FromSeconds(int.Parse(arguments[1], CultureInfo.InvariantCulture)));
                return 0;
            case "throw":
                Warm();
                throw new InvalidOperationException("the target threw this");
            case "failfast":
                Warm();
                Environment.FailFast("the target gave up");
                return 0;
            case "kill":
                Warm();
                Process.GetCurrentProcess().Kill();
                return 0;
            default:
                return 0;
        }
    }

    /// <summary>Leaves a recording something to keep; the pause lets the runtime send it.</summary>
    private static void Warm()
    {
        for (int round = 0; round < WarmUpRounds; round++)
            Collect();
        Thread.Sleep(TimeSpan.FromMilliseconds(500));
    }

    private static void Allocate(TimeSpan duration)
    {
        Stopwatch clock = Stopwatch.StartNew();
        Console.WriteLine("ready");
        while (clock.Elapsed < duration)
        {
            Collect();
            Thread.Sleep(TimeSpan.FromMilliseconds(10));
        }
    }

    private static void Collect()
    {
        GC.KeepAlive(new byte[100_000]);
        GC.Collect();
    }
}
