using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Corpus;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Tests.Corpus;

public sealed class RuleRunTests : IDisposable
{
    private const string Leak = "class C { void M() { System.Buffers.ArrayPool<byte>.Shared.Rent(5); } }";

    private readonly string _folder = Directory.CreateTempSubdirectory("fragguard-corpus-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ProjectsThatReferToOthers_AreBoundAgainstThem()
    {
        Write("b/b.csproj", """<Project><ItemGroup><ProjectReference Include="..\a\a.csproj" /></ItemGroup></Project>""");
        Write("b/B.cs", "class B { void M() { Pools.Own.Rent(5); } }");
        Write("a/a.csproj", "<Project />");
        Write("a/A.cs", "public static class Pools { public static System.Buffers.ArrayPool<byte> Own => null!; }");

        RuleRun run = await RunAsync();

        Assert.Equal(2, run.Projects);
        Assert.EndsWith("B.cs", Assert.Single(run.Reports).Location.SourceTree!.FilePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SourcesWithoutAProject_AreCompiledTogether()
    {
        Write("one.cs", Leak);
        Write("deep/two.cs", "partial class D { void M(C c) { } }");
        Write("obj/made.cs", Leak);

        RuleRun run = await RunAsync();

        Assert.Equal((1, 2, 1), (run.Projects, run.Files, run.Rents));
        Assert.Equal("FG2001", Assert.Single(run.Reports).Id);
    }

    [Fact]
    public async Task ImplicitUsings_AreThoseOfTheNearestFile()
    {
        Write("Directory.Build.props", "<Project><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        Write("a/a.csproj", "<Project />");
        Write("a/A.cs", "class A { List<int> Items = []; }");

        Assert.True(SourceFolder.Read(_folder).Single().HasImplicitUsings);
        Assert.Empty((await RunAsync()).Crashes);
    }

    [Fact]
    public async Task BrokenProjectFileAndSources_AreReadAsFarAsTheyGo()
    {
        Write("a/a.csproj", "<Project");
        Write("a/A.cs", Leak + " class { (((");

        RuleRun run = await RunAsync();

        Assert.Equal("FG2001", Assert.Single(run.Reports).Id);
        Assert.Empty(run.Crashes);
    }

    [Fact]
    public async Task CrashOfARule_IsCounted()
    {
        Write("a.cs", "class A { }");

        RuleRun run = new(SourceFolder.Read(_folder), [new Crashing()]);
        await run.RunAsync(TestContext.Current.CancellationToken);
        Assert.Contains("on purpose", Assert.Single(run.Crashes), StringComparison.Ordinal);

        await run.RunBrokenAsync(times: 2, seed: 1, TestContext.Current.CancellationToken);
        Assert.Equal(2, run.BrokenFiles);
        Assert.True(run.Crashes.Count > 1);
    }

    [Fact]
    public void Mutations_DependOnTheirSeedAlone()
    {
        Assert.Equal(Mutation.Of(Leak, 5), Mutation.Of(Leak, 5));
        Assert.True(Enumerable.Range(0, 50).Select(seed => Mutation.Of(Leak, seed)).Distinct(StringComparer.Ordinal).Count() > 20);
        Assert.Equal("", Mutation.Of("", 1));
    }

    private async Task<RuleRun> RunAsync()
    {
        RuleRun run = new(SourceFolder.Read(_folder));
        await run.RunAsync(CancellationToken.None);
        return run;
    }

    private void Write(string path, string text)
    {
        string full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

#pragma warning disable RS1001, RS1036, RS1038, RS2008 // A rule for this test only; no host loads it.
    private sealed class Crashing : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule = new("T1", "t", "m", "c", DiagnosticSeverity.Info, isEnabledByDefault: true);
#pragma warning restore RS1001, RS1036, RS1038, RS2008

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(_ => throw new InvalidOperationException("on purpose"), SymbolKind.NamedType);
        }
    }
}
