using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers;

namespace FragGuard.Corpus.Costs;

/// <summary>The row of all rules that judge members, taken apart by samples of the same build.</summary>
/// <param name="RowMs">What the compiler charged the row.</param>
/// <param name="TextsMs">What it charged the reading of the texts, which all rules share.</param>
/// <param name="Parts">The samples.</param>
internal sealed record SampledRow(double RowMs, double TextsMs, SampledParts Parts)
{
    /// <summary>The analyzer of the row, without its namespace.</summary>
    public const string Name = "RulesOfMembers";

    /// <summary>The analyzer that reads the texts.</summary>
    public const string Texts = "TextsOfAllRules";

    /// <summary>How many rules each class holds, by its simple name.</summary>
    public static ImmutableDictionary<string, int> RulesByClass { get; } = Types.ToImmutableDictionary(
        static type => type.Name, static type => RulesOf((MemberRule)Activator.CreateInstance(type)!), StringComparer.Ordinal);

    /// <summary>The classes with rows of their own.</summary>
    public static ImmutableHashSet<string> OtherRows { get; } = RuleRun.AllRules.Select(static analyzer => analyzer.GetType().Name)
        .Where(static name => !string.Equals(name, Name, StringComparison.Ordinal)).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>By each class, the classes it is derived from, whose samples its rules share with those of others that are.</summary>
    private static ImmutableDictionary<string, ImmutableArray<string>> BasesByClass { get; } =
        Types.ToImmutableDictionary(static type => type.Name, BasesOf, StringComparer.Ordinal);

    /// <summary>How many rules the classes hold that are derived from each.</summary>
    private static ImmutableDictionary<string, int> RulesByBase { get; } = BasesByClass
        .SelectMany(static derived => derived.Value, static (derived, one) => (Base: one, Rules: RulesByClass[derived.Key]))
        .GroupBy(static one => one.Base, static one => one.Rules, StringComparer.Ordinal)
        .ToImmutableDictionary(static one => one.Key, static one => one.Sum(), StringComparer.Ordinal);

    /// <summary>All classes that samples are counted by.</summary>
    public static ImmutableHashSet<string> Classes { get; } = OtherRows.Union(RulesByClass.Keys).Union(RulesByBase.Keys);

    /// <summary>The row in a table of the compiler.</summary>
    /// <param name="build">The table.</param>
    /// <param name="assembly">The simple name of the assembly with our analyzers.</param>
    /// <param name="parts">The samples of that build.</param>
    /// <exception cref="InvalidOperationException">The table has no such row.</exception>
    public static SampledRow Of(AnalyzerTable build, string assembly, SampledParts parts)
    {
        return new(Charged(Name), Charged(Texts), parts);

        double Charged(string analyzer) =>
            build.Of(assembly).Single(time => time.Analyzer.EndsWith($".{analyzer}", StringComparison.Ordinal)).Ms;
    }

    /// <summary>The row's samples.</summary>
    public int Samples => Parts.Samples.Where(static part => !OtherRows.Contains(part.Key)).Sum(static part => part.Value);

    /// <summary>Those that belong to no class of rules, by the outermost class.</summary>
    public IEnumerable<KeyValuePair<string, int>> Shared => Parts.Samples.Where(static part => !Classes.Contains(part.Key));

    /// <summary>Milliseconds that each rule has of what all share.</summary>
    public double SharedMsPerRule => (MsOf(Shared.Sum(static part => part.Value)) / RulesByClass.Values.Sum()) + (TextsMs / RuleRun.Ids.Length);

    private static IEnumerable<Type> Types => typeof(MemberRule).Assembly.GetTypes()
        .Where(static type => !type.IsAbstract && typeof(MemberRule).IsAssignableFrom(type));

    /// <summary>Milliseconds of each rule of the class, with its part of what others share with it.</summary>
    public double MsPerRule(string ofClass) => MsOf(SamplesPerRule(ofClass)) + SharedMsPerRule;

    /// <summary>The same if the class had so many more samples as chance may have kept from it: two standard errors of a count.</summary>
    public double MostMsPerRule(string ofClass)
    {
        double most = 2 * Math.Sqrt(Math.Max(1, SamplesOf(ofClass))) / RulesByClass[ofClass];
        return MsOf(SamplesPerRule(ofClass) + most) + SharedMsPerRule;
    }

    /// <summary>Samples of a class alone.</summary>
    public int SamplesOf(string part) => Parts.Samples.GetValueOrDefault(part);

    private double SamplesPerRule(string ofClass) => ((double)SamplesOf(ofClass) / RulesByClass[ofClass])
        + BasesByClass[ofClass].Sum(one => (double)SamplesOf(one) / RulesByBase[one]);

    private double MsOf(double samples) => Samples == 0 ? 0 : RowMs * samples / Samples;

    /// <summary>A rule with two severities is one.</summary>
    private static int RulesOf(MemberRule rule) => rule.Reported.Select(static one => one.Id).Distinct(StringComparer.Ordinal).Count();

    private static ImmutableArray<string> BasesOf(Type type)
    {
        ImmutableArray<string>.Builder bases = ImmutableArray.CreateBuilder<string>();
        for (Type of = type.BaseType!; of != typeof(MemberRule); of = of.BaseType!)
            bases.Add(of.Name.Split('`')[0]);
        return bases.ToImmutable();
    }
}
