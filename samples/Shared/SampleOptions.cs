using System;
using System.Globalization;

namespace FragGuard.Samples;

/// <summary>How long a sample runs and what it holds. Both samples read the same arguments.</summary>
/// <param name="Seconds">The run ends after this time at the latest.</param>
/// <param name="Pages">Whole pages in the cache.</param>
/// <param name="Replacements">The run ends after this many pages were replaced.</param>
/// <param name="Seed">Same seed, same keys and sizes in the same order.</param>
public sealed record SampleOptions(int Seconds = 20, int Pages = 600, int Replacements = 9_000, int Seed = 42)
{
    public const string Usage = "Arguments: [--seconds n] [--pages n] [--replacements n] [--seed n]";

    /// <summary>The options, or null when the arguments are none that a sample knows.</summary>
    public static SampleOptions? Parse(string[] args)
    {
        var options = new SampleOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length
                || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                return null;
            }

            switch (args[i])
            {
                case "--seconds": options = options with { Seconds = value }; break;
                case "--pages": options = options with { Pages = Math.Max(1, value) }; break;
                case "--replacements": options = options with { Replacements = value }; break;
                case "--seed": options = options with { Seed = value }; break;
                default: return null;
            }
        }

        return options;
    }
}
