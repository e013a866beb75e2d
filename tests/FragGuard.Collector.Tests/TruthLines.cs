using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.Collector.Tests;

/// <summary>What the target printed about itself: names with numbers.</summary>
internal sealed class TruthLines(string output)
{
    private readonly string[][] _lines =
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' '))];

    public long[] One(string name) => All(name).Single();

    public IReadOnlyList<long[]> All(string name) =>
    [
        .. _lines
            .Where(line => string.Equals(line[0], name, StringComparison.Ordinal))
            .Select(line => line.Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray()),
    ];
}
