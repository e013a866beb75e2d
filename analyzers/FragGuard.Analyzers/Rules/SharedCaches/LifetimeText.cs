using System.Globalization;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Milliseconds as people read them: the largest unit of which there is at least one.</summary>
internal static class LifetimeText
{
    private static readonly (double Milliseconds, string Name)[] Units =
        [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s"), (1, "ms")];

    public static string Of(double milliseconds)
    {
        foreach ((double unit, string name) in Units)
        {
            if (milliseconds >= unit)
                return (milliseconds / unit).ToString("0.#", CultureInfo.InvariantCulture) + " " + name;
        }

        return "0 ms";
    }
}
