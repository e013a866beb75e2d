using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers;

namespace FragGuard.Corpus.Costs;

/// <summary>The row of all rules that judge members, taken apart by samples of the same build.</summary>
/// <param name="RowMs">What the compiler charged the row.</param>
/// <param name="Parts">The samples.</param>
internal sealed record SampledRow(double RowMs, SampledParts Parts)
{
    /// <summary>The analyzer of the row, without its namespace.</summary>
    public const string Name = "RulesOfMembers";

    /// <summary>How many rules each class holds, by its simple name.</summary>
    public static ImmutableDictionary<string, int> RulesByClass { get; } = typeof(MemberRule).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(MemberRule).IsAssignableFrom(type))
        .ToImmutableDictionary(type => type.Name, type => RulesOf((MemberRule)Activator.CreateInstance(type)!), StringComparer.Ordinal);

    /// <summary>The classes with rows of their own.</summary>
    public static ImmutableHashSet<string> OtherRows { get; } = RuleRun.AllRules.Select(analyzer => analyzer.GetType().Name)
        .Where(static name => !string.Equals(name, Name, StringComparison.Ordinal)).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>All classes that samples are counted by.</summary>
    public static ImmutableHashSet<string> Classes { get; } = OtherRows.Union(RulesByClass.Keys);

    /// <summary>The row's samples.</summary>
    public int Samples => Parts.Samples.Where(static part => !OtherRows.Contains(part.Key)).Sum(static part => part.Value);

    /// <summary>Those that belong to no class of rules, by the outermost class.</summary>
    public IEnumerable<KeyValuePair<string, int>> Shared => Parts.Samples.Where(static part => !Classes.Contains(part.Key));

    /// <summary>Milliseconds that each rule has of what all share.</summary>
    public double SharedMsPerRule => MsOf(Shared.Sum(static part => part.Value)) / RulesByClass.Values.Sum();

    /// <summary>Milliseconds of each rule of the class, with its part of what all share.</summary>
    public double MsPerRule(string ofClass) => (MsOf(SamplesOf(ofClass)) / RulesByClass[ofClass]) + SharedMsPerRule;

    /// <summary>The same if the class had so many more samples as chance may have kept from it: two standard errors of a count.</summary>
    public double MostMsPerRule(string ofClass)
    {
        int samples = SamplesOf(ofClass);
        return (MsOf(samples + (2 * Math.Sqrt(Math.Max(1, samples)))) / RulesByClass[ofClass]) + SharedMsPerRule;
    }

    public int SamplesOf(string part) => Parts.Samples.GetValueOrDefault(part);

    /// <summary>A rule with two severities is one.</summary>
    private static int RulesOf(MemberRule rule) => rule.Reported.Select(static one => one.Id).Distinct(StringComparer.Ordinal).Count();

    private double MsOf(double samples) => Samples == 0 ? 0 : RowMs * samples / Samples;
}
