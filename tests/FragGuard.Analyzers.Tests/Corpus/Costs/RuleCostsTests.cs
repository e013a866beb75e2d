using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using FragGuard.Corpus;
using FragGuard.Corpus.Costs;

namespace FragGuard.Analyzers.Tests.Corpus.Costs;

public sealed class RuleCostsTests : IDisposable
{
    private readonly DirectoryInfo _sources = Directory.CreateTempSubdirectory("fragguard-sources-");

    public void Dispose() => _sources.Delete(recursive: true);

    [Fact]
    public async Task EachRule_IsARowOfItsOwn()
    {
        Write("class C { void M() { System.Buffers.ArrayPool<byte>.Shared.Rent(5); } }\n#if !NET || !ASKED\nwrong\n#endif");

        string printed = await RunAsync("FG2001", "FG3003");

        Assert.DoesNotContain("error", printed, StringComparison.Ordinal);
        Assert.Equal(["all", "FG2001", "FG3003"], Rows(printed).Select(row => row.Groups["rule"].Value), StringComparer.Ordinal);
        Assert.All(Rows(printed), row => Assert.Equal(2, row.Groups["ms"].Captures.Count));
    }

    [Theory]
    [InlineData("FG2001", true)]
    [InlineData("FG3003", false)]
    public async Task Build_LooksIntoBodiesWithTheRulesThatAreOn(string rule, bool reports)
    {
        Write("class C { void M() { System.Buffers.ArrayPool<byte>.Shared.Rent(5); } }");
        CostSettings settings = new(_sources, [], [rule], Builds: 1, Others: [], Config: null);
        string response = new CompilerArguments(Toolset.OfThisRuntime, settings, _sources.FullName).WithRules([rule]);

        CompilerServer server = await CompilerServer.StartAsync(Toolset.OfThisRuntime, isSampled: false, TestContext.Current.CancellationToken);
        await using (server)
        {
            string printed = await server.BuildAsync(response, TestContext.Current.CancellationToken);
            Assert.Equal(reports, printed.Contains("warning FG2001", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WhatEachRuleAdds_IsATableOfItsOwn()
    {
        Write("class C { void M() { System.Buffers.ArrayPool<byte>.Shared.Rent(5); } }\n#if !NET || !ASKED\nwrong\n#endif");

        string printed = await RunAsync(pairs: 2, "FG2001");

        Assert.Contains("median of 2 pairs", printed, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^\| FG2001 \| -?[\d,]+\.\d \| -?[\d,]+\.\d \| -?[\d,]+\.\d \| \S+ \|$", printed.ReplaceLineEndings("\n"));
        Assert.Equal(["all", "FG2001"], Rows(printed).Select(row => row.Groups["rule"].Value), StringComparer.Ordinal);
    }

    [Fact]
    public async Task BrokenSources_AreSaid()
    {
        Write("class C { Missing M; }");
        Assert.Contains("1 errors, the first: error CS0246", await RunAsync("FG2001"), StringComparison.Ordinal);
    }

    [Fact]
    public void Config_SwitchesAllOthersOff() => Assert.Equal(
        "is_global = true\nglobal_level = 1000\ndotnet_diagnostic.FG1.severity = none\ndotnet_diagnostic.FG2.severity = warning\n",
        CompilerArguments.Config(["FG1", "FG2"], ["FG2"]));

    [Fact]
    public void Symbols_AreThoseOfTheSdk() => Assert.Equal(
        "NET NET6_0 NETCOREAPP NETCOREAPP1_0_OR_GREATER NETCOREAPP1_1_OR_GREATER NETCOREAPP2_0_OR_GREATER NETCOREAPP2_1_OR_GREATER "
        + "NETCOREAPP2_2_OR_GREATER NETCOREAPP3_0_OR_GREATER NETCOREAPP3_1_OR_GREATER NET5_0_OR_GREATER NET6_0_OR_GREATER",
        string.Join(' ', CompilerArguments.SymbolsOf(6)));

    [Fact]
    public void Sample_IsEachSoManiethRule()
    {
        Assert.Equal(RuleRun.Ids, CostCommand.Chosen([], every: 1));
        Assert.Equal([RuleRun.Ids[0], RuleRun.Ids[10], RuleRun.Ids[20], RuleRun.Ids[30]], CostCommand.Chosen([], every: 10));
        Assert.Equal(["FG2001", "FG1001"], CostCommand.Chosen(["FG2001", "FG3001", "FG1001"], every: 2));
    }

    private void Write(string source) => File.WriteAllText(Path.Combine(_sources.FullName, "source.cs"), source);

    private Task<string> RunAsync(params ImmutableArray<string> rules) => RunAsync(pairs: 0, rules);

    private async Task<string> RunAsync(int pairs, params ImmutableArray<string> rules)
    {
        using StringWriter output = new();
        await new RuleCosts(new CostSettings(_sources, ["ASKED"], rules, Builds: 2, Others: [], Config: null, pairs), output)
            .RunAsync(TestContext.Current.CancellationToken);
        return output.ToString();
    }

    private static MatchCollection Rows(string printed) => Regex.Matches(
        printed, @"^\| (?<rule>all|FG\d+) \|(?: (?<ms>[\d,]+\.\d) \|){2} \S+ \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
}
