using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Packages;

/// <summary>
/// The severity presets of the package equal the rules. <c>FRAGGUARD_UPDATE_PRESETS=1</c> writes them anew.
/// </summary>
public class PresetsTests
{
    [Theory]
    [InlineData("none", "No rule reports.")]
    [InlineData("default", "Every rule at its own severity.")]
    [InlineData("all", "Every rule warns.")]
    [InlineData("strict", "Warnings are errors, suggestions are warnings.")]
    public void Preset_EqualsTheRules(string name, string meaning)
    {
        string path = Path.Combine(
            RepositoryFiles.Root, "analyzers", "FragGuard.Analyzers.Package", "presets", name + ".globalconfig");
        IEnumerable<string> lines = RuleCatalogue.Descriptors
            .DistinctBy(rule => rule.Id, StringComparer.Ordinal)
            .Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = {SeverityOf(name, rule)} # {rule.Title.ToString(null)}\n");
        string expected = $"# {meaning}\nis_global = true\nglobal_level = -10\n\n{string.Concat(lines)}";

        if (Environment.GetEnvironmentVariable("FRAGGUARD_UPDATE_PRESETS") is "1")
            File.WriteAllText(path, expected);

        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string SeverityOf(string preset, DiagnosticDescriptor rule) => (preset, rule.DefaultSeverity) switch
    {
        ("none", _) => "none",
        ("all", _) => "warning",
        ("strict", DiagnosticSeverity.Warning) => "error",
        ("strict", _) => "warning",
        (_, DiagnosticSeverity.Warning) => "warning",
        _ => "suggestion",
    };
}
