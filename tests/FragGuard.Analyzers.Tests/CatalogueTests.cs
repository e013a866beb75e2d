using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests;

/// <summary>A rule is its code, its page, its line in the index and its tests; here each is held against the others.</summary>
public partial class CatalogueTests
{
    private const string TableStart = "<!-- rules: generated, checked by CatalogueTests -->\n";
    private const string TableEnd = "<!-- end of rules -->";

    private static readonly string[] PageSections =
        ["Fires when", "Example", "Not reported", "How to fix", "Options", "What the simulator assumed", "Limits"];

    public static TheoryData<string> Ids => [.. RuleCatalogue.Descriptors.Select(descriptor => descriptor.Id)];

    [Fact]
    public void Ids_AreUniqueAndBelongToTheirCategory()
    {
        Assert.Equal(
            RuleCatalogue.Descriptors.Count, RuleCatalogue.Descriptors.Select(found => found.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(RuleCatalogue.Descriptors, descriptor =>
        {
            Assert.Matches("^FG[1-4][0-9]{3}$", descriptor.Id);
            Assert.Equal((int)Enum.Parse<Category>(descriptor.Category) + 1, descriptor.Id[2] - '0');
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Descriptor_ExplainsItself(string id)
    {
        DiagnosticDescriptor descriptor = Descriptor(id);
        Assert.EndsWith($"/analyzers/docs/{id}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.NotEmpty(descriptor.Title.ToString(null));
        Assert.NotEmpty(descriptor.Description.ToString(null));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_HasTheTitleAndTheSectionsOfTheTemplate(string id)
    {
        string[] lines = Page(id).Split('\n');
        Assert.Equal($"# {id} - {Descriptor(id).Title.ToString(null)}", lines[0]);
        string[] sections = [.. lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..])];
        Assert.Equal(PageSections, sections, StringComparer.Ordinal);
    }

    [Fact]
    public void Index_EqualsTheDescriptors()
    {
        string index = RepositoryFiles.Read("analyzers", "docs", "README.md").ReplaceLineEndings("\n");
        int start = index.IndexOf(TableStart, StringComparison.Ordinal) + TableStart.Length;
        int end = index.IndexOf(TableEnd, StringComparison.Ordinal);
        Assert.True(start >= TableStart.Length && end >= start, "The index has no table between its two comments.");
        string expected = "| Id | Title | Category | Severity |\n|---|---|---|---|\n" + string.Concat(
            RuleCatalogue.Descriptors.Select(found =>
                $"| [{found.Id}]({found.Id}.md) | {found.Title.ToString(null)} | {found.Category} | {found.DefaultSeverity} |\n"));
        Assert.Equal(expected, index[start..end]);
    }

    [Fact]
    public void Pages_AllBelongToARule()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "analyzers", "docs"), "FG*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Equal(
            RuleCatalogue.Descriptors.Select(found => found.Id), pages.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Rules_AllHaveATestClassInTheMirroringFile() =>
        Assert.All(RuleCatalogue.Rules, rule =>
        {
            string name = rule.Type.FullName!["FragGuard.Analyzers.".Length..];
            Assert.NotNull(TestsOf(rule.Type));
            string[] path = name.Split('.');
            Assert.True(RepositoryFiles.Exists(["analyzers", "FragGuard.Analyzers", .. path[..^1], path[^1] + ".cs"]), name);
            Assert.True(RepositoryFiles.Exists(["tests", "FragGuard.Analyzers.Tests", .. path[..^1], path[^1] + "Tests.cs"]), name);
        });

    /// <summary>Six situations that fire and ten near twins that do not, at least, stand behind every rule.</summary>
    [Fact]
    public void Rules_AllHaveSixFiringAndTenSilentCases() =>
        Assert.All(RuleCatalogue.Rules, rule =>
        {
            Assert.True(Cases(rule.Type, "_Reports") >= 6, $"{rule.Type.Name}: {Cases(rule.Type, "_Reports")} firing cases.");
            Assert.True(Cases(rule.Type, "_IsSilent") >= 10, $"{rule.Type.Name}: {Cases(rule.Type, "_IsSilent")} silent cases.");
        });

    [Fact]
    public void Fixes_AllFixAKnownRuleAndHaveATestClassInTheMirroringFile() =>
        Assert.All(RuleCatalogue.Fixes, fix =>
        {
            Assert.All(fix.FixableDiagnosticIds, id => Assert.Contains(RuleCatalogue.Descriptors, found => string.Equals(found.Id, id, StringComparison.Ordinal)));
            string name = fix.GetType().FullName!["FragGuard.CodeFixes.".Length..];
            Assert.NotNull(typeof(CatalogueTests).Assembly.GetType($"FragGuard.Analyzers.Tests.Fixes.{name}Tests"));
        });

    [Fact]
    public void Keys_AreAllMentionedInAPage()
    {
        string allPages = string.Concat(RuleCatalogue.Descriptors.Select(found => Page(found.Id)));
        Assert.All(RepositoryFiles.CSharpIn("analyzers", "FragGuard.Analyzers"), path =>
        {
            IReadOnlyList<DiagnosticDescriptor>? own = RuleCatalogue.Rules.SingleOrDefault(rule =>
                string.Equals(rule.Type.Name, Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal)).Descriptors;
            string pages = own is null ? allPages : string.Concat(own.Select(found => Page(found.Id)));
            foreach (Match key in Key().Matches(File.ReadAllText(path)))
                Assert.Contains($"`{key.Groups["key"].Value}`", pages, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void OptionsPage_ListsEveryKeyOfTheCode()
    {
        IEnumerable<string> inCode = RepositoryFiles.CSharpIn("analyzers", "FragGuard.Analyzers")
            .SelectMany(path => Key().Matches(File.ReadAllText(path)))
            .Select(key => key.Groups["key"].Value);
        Assert.Equal(
            inCode.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            OptionRows().Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>A row names the rules whose pages document the key, with the default that they give.</summary>
    [Fact]
    public void OptionsPage_EqualsThePages() =>
        Assert.All(OptionRows(), row =>
        {
            bool isOption = row.Length == 4;
            IEnumerable<string> documenting = Ids.Select(id => id.Data).Distinct(StringComparer.Ordinal)
                .Where(id => Page(id).Contains(isOption ? $"\n| {row[0]} | {row[1]} |" : row[0], StringComparison.Ordinal));
            Assert.Equal(
                documenting, RuleId().Matches(row[^2]).Select(found => found.Value), StringComparer.Ordinal);
        });

    /// <summary>Cells of the rows of the options page whose first cell is a key.</summary>
    private static IEnumerable<string[]> OptionRows() => RepositoryFiles.Read("analyzers", "docs", "options.md")
        .ReplaceLineEndings("\n").Split('\n')
        .Where(line => line.StartsWith("| `fragguard.", StringComparison.Ordinal))
        .Select(line => line.Replace("\\|", "\0", StringComparison.Ordinal)[2..^2].Split('|', StringSplitOptions.TrimEntries)
            .Select(cell => cell.Replace("\0", "\\|", StringComparison.Ordinal)).ToArray());

    private static Type? TestsOf(Type rule) => typeof(CatalogueTests).Assembly.GetType(
        $"FragGuard.Analyzers.Tests.{rule.FullName!["FragGuard.Analyzers.".Length..]}Tests");

    /// <summary>Test methods whose name ends like that, one for each row of a theory's inline data.</summary>
    private static int Cases(Type rule, string ending) => TestsOf(rule)?.GetMethods()
        .Where(method => method.Name.EndsWith(ending, StringComparison.Ordinal))
        .Sum(method => Math.Max(1, method.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Length)) ?? 0;

    private static DiagnosticDescriptor Descriptor(string id) =>
        RuleCatalogue.Descriptors.Single(found => string.Equals(found.Id, id, StringComparison.Ordinal));

    private static string Page(string id) => RepositoryFiles.Read("analyzers", "docs", id + ".md").ReplaceLineEndings("\n");

    /// <summary>Options and diagnostic properties share the prefix; users meet both, so both are documented.</summary>
    [GeneratedRegex("\"(?<key>fragguard\\.[A-Za-z0-9_.]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Key();

    [GeneratedRegex("FG[0-9]{4}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RuleId();
}
