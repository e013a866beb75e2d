using System;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Tests.Target;

/// <summary>Prints facts as lines: a name and numbers.</summary>
internal static class Truth
{
    public static void Say(string name, params long[] numbers) =>
        Console.WriteLine($"{name} {string.Join(' ', numbers.Select(one => one.ToString(CultureInfo.InvariantCulture)))}");

    /// <summary>Line of the call.</summary>
    public static int Line([CallerLineNumber] int line = 0) => line;
}
