using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace FragGuard.Analyzers.Tests.Packages;

/// <summary>A fresh project installs the packages from a feed and builds: what a user sees.</summary>
public sealed class PackagesTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    private const string Leaking = """
        using System.Buffers;
        using FragGuard.Annotations;
        public class Reader
        {
            public int Read() => ArrayPool<byte>.Shared.Rent(100).Length;
            public void Keep([CachedValue] byte[] value) => _ = value;
        }
        """;

    [Fact]
    public void AnalyzerPackage_HoldsRulesFixesSimulationAndPresets_AndNothingForTheOutput()
    {
        string[] entries = Entries("FragGuard.Analyzers.0.1.0.nupkg");
        foreach (string name in new[] { "Analyzers", "CodeFixes", "Simulation" })
            Assert.Contains($"analyzers/dotnet/cs/FragGuard.{name}.dll", entries, StringComparer.Ordinal);
        foreach (string preset in new[] { "none", "default", "all", "strict" })
            Assert.Contains($"presets/{preset}.globalconfig", entries, StringComparer.Ordinal);
        Assert.Contains("buildTransitive/FragGuard.Analyzers.targets", entries, StringComparer.Ordinal);
        Assert.Contains("README.md", entries, StringComparer.Ordinal);
        Assert.DoesNotContain(entries, entry => entry.StartsWith("lib/", StringComparison.Ordinal));
    }

    [Fact]
    public void AnnotationsPackage_IsALibraryWithItsDocumentation()
    {
        string[] entries = Entries("FragGuard.Annotations.0.1.0.nupkg");
        Assert.Contains("lib/netstandard2.0/FragGuard.Annotations.dll", entries, StringComparer.Ordinal);
        Assert.Contains("lib/netstandard2.0/FragGuard.Annotations.xml", entries, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("", 0, "warning")]
    [InlineData("default", 0, "warning")]
    [InlineData("all", 0, "warning")]
    [InlineData("strict", 1, "error")]
    [InlineData("none", 0, null)]
    public async Task FreshProject_GetsTheFindingInItsBuild_AsThePresetSays(string preset, int exitCode, string? level)
    {
        string folder = packages.NewProject(Leaking, $"<FragGuardMode>{preset}</FragGuardMode>");

        (int code, string said) = await Dotnet.EndAsync(folder, "dotnet", ["build", "--nologo", "-v", "q"]);

        Assert.True(code == exitCode, said);
        Assert.Equal(level is not null, said.Contains("FG2001", StringComparison.Ordinal));
        Assert.DoesNotContain("AD0001", said, StringComparison.Ordinal);
        Assert.Equal(level, LevelOf("FG2001", Path.Combine(folder, "findings.sarif")));
    }

    [Fact]
    public async Task EditorConfig_WinsOverThePreset()
    {
        string folder = packages.NewProject(Leaking, "<FragGuardMode>strict</FragGuardMode>");
        await File.WriteAllTextAsync(
            Path.Combine(folder, ".editorconfig"), "root = true\n[*.cs]\ndotnet_diagnostic.FG2001.severity = none\n", TestContext.Current.CancellationToken);

        (int code, string said) = await Dotnet.EndAsync(folder, "dotnet", ["build", "--nologo", "-v", "q"]);

        Assert.True(code == 0, said);
        Assert.DoesNotContain("FG2001", said, StringComparison.Ordinal);
    }

    /// <summary>
    /// Only the SDK's compiler knows extension blocks; ours is older. A static form that two methods could be is not judged.
    /// </summary>
    [Fact]
    public async Task MethodOfAnExtensionBlock_HandsOverInBothForms()
    {
        string folder = packages.NewProject("""
            using System.Buffers;
            using System.Collections.Generic;
            static class Extensions
            {
                private static readonly List<byte[]> Kept = [];
                extension(byte[] a)
                {
                    public void Finish() => ArrayPool<byte>.Shared.Return(a);
                    public void Remember() => Kept.Add(a);
                    public void FinishBoth(byte[] other) { a.Finish(); ArrayPool<byte>.Shared.Return(other); }
                    public int First() => a[0];
                    public int Sum(byte[] other) => a[0] + other[0];
                    public int Last() => a[^1];
                }
                extension<T>(T[] all)
                {
                    public void FinishAny() => ArrayPool<T>.Shared.Return(all);
                    public int Count() => all.Length;
                }
                extension(string text)
                {
                    public int Last() => text[^1];
                }
            }
            class ByInstance
            {
                void Returned() { var b = ArrayPool<byte>.Shared.Rent(100); b.Finish(); }
                void Remembered() { var b = ArrayPool<byte>.Shared.Rent(100); b.Remember(); }
                int LookedAt() { var b = ArrayPool<byte>.Shared.Rent(100); return b.First(); } // FG2001
                void Used() { var b = ArrayPool<byte>.Shared.Rent(100); b.Finish(); b[0] = 1; } // FG2004
                void Twice() { var b = ArrayPool<byte>.Shared.Rent(100); b.Finish(); ArrayPool<byte>.Shared.Return(b); } // FG2003
            }
            class ByClass
            {
                void Returned() { var b = ArrayPool<byte>.Shared.Rent(100); Extensions.Finish(b); }
                void Remembered() { var b = ArrayPool<byte>.Shared.Rent(100); Extensions.Remember(b); }
                void Both() { var b = ArrayPool<byte>.Shared.Rent(9); var c = ArrayPool<byte>.Shared.Rent(9); Extensions.FinishBoth(b, c); }
                void Any() { var b = ArrayPool<int>.Shared.Rent(100); Extensions.FinishAny(b); }
                int OneOfTwo() { var b = ArrayPool<byte>.Shared.Rent(100); return Extensions.Last(b); }
                int LookedAt() { var b = ArrayPool<byte>.Shared.Rent(100); return Extensions.First(b); } // FG2001
                int Added(byte[] a) { var b = ArrayPool<byte>.Shared.Rent(100); return Extensions.Sum(a, b); } // FG2001
                int Counted() { var b = ArrayPool<int>.Shared.Rent(100); return Extensions.Count(b); } // FG2001
                void Used() { var b = ArrayPool<byte>.Shared.Rent(100); Extensions.Finish(b); b[0] = 1; } // FG2004
                void Twice() { var b = ArrayPool<byte>.Shared.Rent(100); Extensions.Finish(b); ArrayPool<byte>.Shared.Return(b); } // FG2003
            }
            """);

        (int code, string said) = await Dotnet.EndAsync(folder, "dotnet", ["build", "--nologo", "-v", "q"]);

        Assert.True(code == 0, said);
        Assert.Equal(
            "FG2001 29, FG2001 40, FG2001 41, FG2001 42, FG2003 31, FG2003 44, FG2004 30, FG2004 43", string.Join(", ", FindingsOf(said)));
    }

    [Fact]
    public async Task UnknownPreset_IsOneClearLine()
    {
        string folder = packages.NewProject(Leaking, "<FragGuardMode>loud</FragGuardMode>");

        (int code, string said) = await Dotnet.EndAsync(folder, "dotnet", ["build", "--nologo", "-v", "q"]);

        Assert.NotEqual(0, code);
        Assert.Contains("FragGuardMode is 'loud'; it can be none, default, all or strict.", said, StringComparison.Ordinal);
    }

    /// <summary>The formatter hosts rules and fixes as an editor does.</summary>
    [Fact]
    public async Task Formatter_AppliesFixesOfThePackage()
    {
        string folder = packages.NewProject("""
            using System.Buffers;
            public class Names
            {
                public int Count(int n)
                {
                    string[] names = ArrayPool<string>.Shared.Rent(n);
                    int count = names[0] is null ? 0 : 1;
                    ArrayPool<string>.Shared.Return(names);
                    return count;
                }
            }
            """);

        (int restored, string said) = await Dotnet.EndAsync(folder, "dotnet", ["restore", "-v", "q"]);
        Assert.True(restored == 0, said);
        (int formatted, said) = await Dotnet.EndAsync(folder, "dotnet", ["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", "FG2012"]);

        Assert.True(formatted == 0, said);
        Assert.Contains(
            "ArrayPool<string>.Shared.Return(names, clearArray: true);",
            await File.ReadAllTextAsync(Path.Combine(folder, "Program.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Each warning of ours in what a build said, as its id and its line.</summary>
    private static IEnumerable<string> FindingsOf(string said) =>
        Regex.Matches(said, @"Program\.cs\((?<line>\d+),\d+\): warning (?<id>FG\d+)", RegexOptions.ExplicitCapture, Patience)
            .Select(found => $"{found.Groups["id"].Value} {found.Groups["line"].Value}")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private string[] Entries(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(packages.Feed, package));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>The level of the first result of the rule in the build's SARIF, or null without one.</summary>
    private static string? LevelOf(string id, string sarif)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(sarif));
        return document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Where(result => string.Equals(result.GetProperty("ruleId").GetString(), id, StringComparison.Ordinal))
            .Select(result => result.TryGetProperty("level", out JsonElement level) ? level.GetString() : "warning")
            .FirstOrDefault();
    }
}
