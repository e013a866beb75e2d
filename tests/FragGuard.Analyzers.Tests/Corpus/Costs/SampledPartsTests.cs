using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Corpus;
using FragGuard.Corpus.Costs;

namespace FragGuard.Analyzers.Tests.Corpus.Costs;

public class SampledPartsTests
{
    /// <summary>Stacks as <c>perf script -F ip,sym</c> prints them.</summary>
    private const string Script = """
        \t    7fc3b4 [unknown]
        \t    7fc3b5 bool [FragGuard.Analyzers] FragGuard.Analyzers.Rules.Pools.DoNotMakeAPoolPerUse::PoolOf(class Operation)[Tier0]
        \t    7fc3b5 bool [FragGuard.Analyzers] FragGuard.Analyzers.Rules.Pools.Growables::Of(class Type)[OptimizedTier1]
        \t    7fc3b6 void [FragGuard.Analyzers] FragGuard.Analyzers.Rules.Pools.CapWhatYouKeepForReuse+<>c__DisplayClass7_0::<Register>b__0(Context,MemberText&)[Tier0]
        \t    7fc3b7 instance void [FragGuard.Analyzers] FragGuard.Analyzers.WatchedMembers::See(Context,MemberText&)[OptimizedTier1]
        \t    7fc3b8 instance void [Microsoft.CodeAnalysis] Microsoft.CodeAnalysis.Diagnostics.AnalyzerExecutor::ExecuteOperationBlock()[Tier0]

        \t    7fc3b9 valuetype Mentioned [FragGuard.Analyzers] FragGuard.Analyzers.Patterns.Mentions.TextMentions::Inside(TextSpan)[OptimizedTier1]
        \t    7fc3ba void [FragGuard.Analyzers] FragGuard.Analyzers.Rules.RulesOfMembers::See(Context,class A)[OptimizedTier1]

        \t    7fc3bb void [FragGuard.Simulation] FragGuard.Simulation.Models.Heap`1[System.__Canon]::Allocate(int64)[Tier0]
        \t    7fc3bc void [FragGuard.Analyzers] FragGuard.Analyzers.Rules.SharedCaches.CacheContents::Simulate(Context)[Tier0]

        \t    7fc3bd instance void [Meziantou.Analyzer] Meziantou.Analyzer.Rules.UseStringComparer::Analyze(Context)[Tier0]
        """;

    [Fact]
    public void Stack_CountsForTheOutermostClassThatHoldsRules()
    {
        SampledParts parts = Read(Script);

        Assert.Equal(4, parts.All);
        Assert.Equal(
            ["CacheContents 1", "CapWhatYouKeepForReuse 1", "RulesOfMembers 1"],
            parts.Samples.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public void NoStack_IsNoSample() => Assert.Equal(0, Read("\n\n").All);

    [Fact]
    public void Row_IsDividedByItsOwnSamples()
    {
        const int Shared = 38;
        string script = string.Concat(
            Enumerable.Repeat(Stack("Rules.RulesOfMembers::See"), Shared)
                .Concat(Enumerable.Repeat(Stack("Patterns.Ownership.OwnershipRules`1[System.__Canon]::See"), 12))
                .Concat(Enumerable.Repeat(Stack("Rules.Pools.CapWhatYouKeepForReuse::Register"), 30))
                .Concat(Enumerable.Repeat(Stack("Rules.Pools.RentedArrays::Look"), 20))
                .Concat(Enumerable.Repeat(Stack("Rules.SharedCaches.CacheContents::See"), 1_000)));

        SampledRow row = new(RowMs: 200, TextsMs: 31, Read(script));

        double shared = (76.0 / SampledRow.RulesByClass.Values.Sum()) + (31.0 / RuleRun.Ids.Length);
        string[] owners = ["BlocksOfNativeMemory", "HandlesThatPin", "RentedArrays", "RentedMemory"];
        double owned = 24.0 / owners.Sum(one => SampledRow.RulesByClass[one]);
        Assert.Equal(100, row.Samples);
        Assert.Equal(shared, row.SharedMsPerRule, 9);
        Assert.Equal(60 + shared, row.MsPerRule("CapWhatYouKeepForReuse"), 9);
        Assert.Equal((40 / 11.0) + owned + shared, row.MsPerRule("RentedArrays"), 9);
        Assert.Equal(owned + shared, row.MsPerRule("RentedMemory"), 9);
        Assert.Equal(shared, row.MsPerRule("DoNotMakeAPoolPerUse"), 9);
        Assert.Equal(60 + (4 * Math.Sqrt(30)) + shared, row.MostMsPerRule("CapWhatYouKeepForReuse"), 9);
    }

    [Fact]
    public void Table_HoldsTheDearestRuleAgainstTheMedianOfEachBuild()
    {
        string script = Stack("Rules.Pools.CapWhatYouKeepForReuse::Register");
        SampledRow[] rows = [new(RowMs: 50, TextsMs: 0, Read(script)), new(RowMs: 90, TextsMs: 0, Read(script + script))];

        string[] lines = new SampledRows(rows, [100, 60]).ToString().Split('\n');

        Assert.Equal("| CapWhatYouKeepForReuse, 1 | 50.0 | 90.0 | 1, 2 |", lines[2]);
        Assert.Contains("| The dearest / median of the others | 0.50 | 1.50 | |", lines, StringComparer.Ordinal);
        Assert.Contains("| All samples | 1 | 2 | |", lines, StringComparer.Ordinal);
    }

    /// <summary>As the compiler prints them, with the assembly before its analyzers.</summary>
    [Fact]
    public void Row_IsFoundInTheTableOfTheCompiler()
    {
        AnalyzerTable table = AnalyzerTable.Read("""
            Time (s)    %   Analyzer
               1.000   90   FragGuard.Analyzers, Version=0.1.0.0, Culture=neutral, PublicKeyToken=null
               0.900   80      FragGuard.Analyzers.Rules.RulesOfMembers (FG1003, FG2001)
               0.100   10      FragGuard.Analyzers.Patterns.Mentions.TextsOfAllRules (FG1001)
            """);

        SampledRow row = SampledRow.Of(table, "FragGuard.Analyzers", Read(""));

        Assert.Equal(900, row.RowMs, 6);
        Assert.Equal(100, row.TextsMs, 6);
        Assert.Throws<InvalidOperationException>(() => SampledRow.Of(table, "Other", Read("")));
    }

    [Fact]
    public void RowWithoutSamples_IsNotDivided() => Assert.Equal(0, new SampledRow(200, 0, Read("")).MsPerRule("RentedArrays"));

    /// <summary>A rule is in the row of members or has a row of its own, and none is in both.</summary>
    [Fact]
    public void EveryRule_IsInOneRow()
    {
        int ofMembers = RulesOf(SampledRow.Name);
        IEnumerable<string> others = SampledRow.OtherRows.Where(name => name is not nameof(TextsOfAllRules));

        Assert.Equal(ofMembers, SampledRow.RulesByClass.Values.Sum());
        Assert.Equal(RuleRun.Ids.Length, ofMembers + others.Sum(RulesOf));
    }

    private static int RulesOf(string analyzer) => RuleRun.AllRules.Single(rule => string.Equals(rule.GetType().Name, analyzer, StringComparison.Ordinal))
        .SupportedDiagnostics.Select(rule => rule.Id).Distinct(StringComparer.Ordinal).Count();

    private static string Stack(string method) => $"\t  7f [unknown]\n\t  7f void [FragGuard.Analyzers] FragGuard.Analyzers.{method}()[Tier0]\n\n";

    private static SampledParts Read(string script)
    {
        using StringReader reader = new(script);
        return SampledParts.Read(reader, SampledRow.Classes);
    }
}
