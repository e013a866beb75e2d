using System;
using System.IO;
using System.Linq;
using FragGuard.Analyzers.Tests;
using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Tests.Models;

/// <summary>
/// The page of models: rules for hostile input by hand, and below a mark the models as the registry lists them. With
/// <c>FRAGGUARD_UPDATE_FIDELITY</c> set to 1 the lower part is rewritten.
/// </summary>
public sealed class ModelsPageTests
{
    private const string Mark = "<!-- generated from the registry, checked by ModelsPageTests -->\n";

    private static string PagePath => Path.Combine(RepositoryFiles.Root, "analyzers", "docs", "models.md");

    [Fact]
    public void Page_ListsTheRegistry()
    {
        string page = File.ReadAllText(PagePath);
        int mark = page.IndexOf(Mark, StringComparison.Ordinal);
        Assert.True(mark > 0, "The page has its mark.");
        string byHand = page[..(mark + Mark.Length)];
        if (Environment.GetEnvironmentVariable("FRAGGUARD_UPDATE_FIDELITY") is "1")
            File.WriteAllText(PagePath, page = byHand + Generated());

        Assert.Equal(byHand + Generated(), page, StringComparer.Ordinal);
    }

    private static string Generated() => string.Concat(AllocatorModels.All.Select(Chapter));

    private static string Chapter(AllocatorModelInfo info)
    {
        string settings = info.Settings.Count == 0 ? "" : "\n| Setting | Default | Meaning |\n|---|---|---|\n" + string.Concat(
            info.Settings.Select(setting => $"| `{setting.Key}` | `{setting.Default}` | {Cell(setting.Meaning)} |\n"));
        string entries = info.TakesCacheEvents
            ? "Plays cache entries itself; blocks mean nothing to it."
            : "Plays blocks; a cache entry is one block of its value's size.";
        string keeps = ModelContractTests.KeepsMemory.TryGetValue(info.Name, out string? why)
            ? $" When everything is freed it keeps memory: {why}."
            : " When everything is freed its heap is what it was at the start.";
        return $"\n## {info.Name}\n\n{info.Allocator}. {entries}{keeps}\n\n"
            + $"* Fidelity: {info.Fidelity}.\n* Counting: {info.Counting}.\n{settings}";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
