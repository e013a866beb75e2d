using System;
using System.Collections.Generic;
using System.Threading;

namespace FragGuard.Testing.Tests.Target;

/// <summary>Fills the large-object heap, with holes or without, and ends with the code that its second argument says, after the seconds of a third.</summary>
internal static class Program
{
    private const int FullGcs = 8;

    public static int Main(string[] arguments)
    {
        IReadOnlyList<byte[]> kept = arguments[0] is "holes" ? LargeObjects.WithHoles() : LargeObjects.WithoutHoles();
        for (int i = 0; i < FullGcs; i++)
        {
            GC.Collect();
            Thread.Sleep(20);
        }

        GC.KeepAlive(kept);
        if (arguments.Length > 2)
            Thread.Sleep(TimeSpan.FromSeconds(int.Parse(arguments[2], System.Globalization.CultureInfo.InvariantCulture)));
        Console.WriteLine(Environment.GetEnvironmentVariable("FRAGGUARD_TEST_WORD"));
        return arguments.Length > 1 ? int.Parse(arguments[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
    }
}
