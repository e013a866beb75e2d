using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.Corpus.Costs;

/// <summary>What one rule adds to builds in which all others of ours are on, pair by pair.</summary>
internal sealed class AddedCost
{
    private readonly double[] _sorted;

    /// <param name="with">Milliseconds of all our analyzers with all rules, build by build.</param>
    /// <param name="without">The same without the rule, each build beside one of the others.</param>
    /// <exception cref="ArgumentException">There are no builds, or not as many of one kind as of the other.</exception>
    public AddedCost(IReadOnlyCollection<double> with, IReadOnlyCollection<double> without)
    {
        if (with.Count == 0 || with.Count != without.Count)
            throw new ArgumentException("A pair has a build of each kind.", nameof(without));
        _sorted = [.. with.Zip(without, (all, fewer) => all - fewer).Order()];
    }

    /// <summary>Milliseconds; below zero where builds differ by more than the rule adds.</summary>
    public double Median => AnalyzerTable.Middle(_sorted);

    /// <summary>Milliseconds of the pair with the least difference.</summary>
    public double Least => _sorted[0];

    /// <summary>Milliseconds of the pair with the greatest difference.</summary>
    public double Most => _sorted[^1];

    /// <summary>Columns of a table: the median, the least and the most.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:N1} | {Least:N1} | {Most:N1}");
}
