using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using FragGuard.Analyzers.Tests;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Commands;

namespace FragGuard.FragTrace.Tests.Docs;

/// <summary>What the pages of the repository say can be followed: links lead somewhere, command lines are understood.</summary>
public sealed class DocumentationTests
{
    /// <summary>Where readers of a package find the repository.</summary>
    private const string Published = "https://github.com/fragguard/fragguard/blob/main/";

    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "TestResults", ".git", "node_modules"];

    public static TheoryData<string> Pages => [.. PagesOfTheRepository()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryLink_LeadsToAFileOfTheRepository(string page) => Assert.Empty(BrokenLinks(PathOf(page)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryCommandLineOfTheTool_IsUnderstood(string page) =>
        Assert.Empty(MarkdownPage.Read(PathOf(page)).ToolLines.Select(Complaint).OfType<string>());

    [Fact]
    public void Pages_AreFound_AndNameTheTool()
    {
        Assert.Contains("README.md", PagesOfTheRepository(), StringComparer.Ordinal);
        Assert.True(PagesOfTheRepository().Sum(page => MarkdownPage.Read(PathOf(page)).ToolLines.Count()) > 30);
    }

    [Fact]
    public void LinkToNowhere_IsSeen()
    {
        using TestFolder folder = new();
        string page = folder.File("page.md", "# A title: of two parts", "[a](nowhere.md) [b](page.md#a-title-of-two-parts) [c](#none) `[d](code.md)`", "```", "[e](code.md)", "```",
            $"[f]({Published}README.md) [g]({Published}nowhere.md) [h](https://example.org/nowhere.md)");

        Assert.Equal(["nowhere.md", "#none", Published + "nowhere.md"], BrokenLinks(page), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("`dotnet-fragtrace report x.nettrace`", 0)]
    [InlineData("`dotnet-fragtrace report x.nettrace --fromat html`", 1)]
    [InlineData("`dotnet-fragtrace look`", 1)]
    [InlineData("`dotnet-fragtrace collect -p <pid> -o x.nettrace`", 0)]
    public void CommandLineWithAMistake_IsSeen(string line, int complaints) =>
        Assert.Equal(complaints, new MarkdownPage([line]).ToolLines.Select(Complaint).OfType<string>().Count());

    private static IEnumerable<string> BrokenLinks(string page) => MarkdownPage.Read(page).Links
        .Where(link => InRepository(page, link) is { } place && !LeadsSomewhere(page, place));

    /// <summary>A link relative to its page; null when it leads out of the repository.</summary>
    private static string? InRepository(string page, string link) => link.StartsWith(Published, StringComparison.Ordinal)
        ? Path.GetRelativePath(Path.GetDirectoryName(page)!, PathOf(link[Published.Length..]))
        : link.Contains("://", StringComparison.Ordinal) ? null : link;

    private static bool LeadsSomewhere(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        if (!File.Exists(target) && !Directory.Exists(target))
            return false;
        return parts.Length == 1 || !target.EndsWith(".md", StringComparison.Ordinal)
            || MarkdownPage.Read(target).Anchors.Contains(parts[1], StringComparer.Ordinal);
    }

    /// <summary>What the parser says against a line, or null.</summary>
    private static string? Complaint(string line)
    {
        RootCommand root = FragTraceCommand.Create(new ToolConsole(TextWriter.Null, TextWriter.Null));
        string[] words = [.. CommandLineParser.SplitCommandLine(line)];
        if (words is [var only] && root.Subcommands.Any(verb => string.Equals(verb.Name, only, StringComparison.Ordinal)))
            return null;
        IReadOnlyList<ParseError> errors = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null }).Errors;
        return errors.Count == 0 ? null : $"{line}: {errors[0].Message}";
    }

    private static string PathOf(string page) => Path.Combine(RepositoryFiles.Root, page);

    private static IEnumerable<string> PagesOfTheRepository() => Directory
        .EnumerateFiles(RepositoryFiles.Root, "*.md", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(RepositoryFiles.Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => NotOurs.Contains(part, StringComparer.Ordinal)))
        .Order(StringComparer.Ordinal);
}
