using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;

namespace FragGuard.Corpus.Costs;

/// <summary>Writes what the compiler is told, with some of our rules on and all others of ours off.</summary>
internal sealed class CompilerArguments(Toolset tools, CostSettings settings, string folder)
{
    private static readonly string[] Ours = ["FragGuard.Analyzers.dll", "FragGuard.Simulation.dll"];

    /// <summary>A response file for a build with our analyzers alone.</summary>
    public string WithRules(ImmutableHashSet<string> rules) => Write(rules, []);

    /// <summary>A response file for a build with the analyzers to be held against.</summary>
    public string WithOthers(ImmutableHashSet<string> rules) => Write(
        rules,
        [
            .. settings.Config is { } config ? [$"/analyzerconfig:\"{config.FullName}\""] : Array.Empty<string>(),
            .. settings.Others.SelectMany(other => other.EnumerateFiles("*.dll")).Select(file => $"/analyzer:\"{file.FullName}\""),
        ]);

    /// <summary>Severities that count before those of other configs of this kind.</summary>
    internal static string Config(IEnumerable<string> all, ImmutableHashSet<string> on) => string.Join(
        '\n',
        ["is_global = true", "global_level = 1000", .. all.Select(id => $"dotnet_diagnostic.{id}.severity = {(on.Contains(id) ? "warning" : "none")}"), ""]);

    /// <summary>What the SDK defines for this runtime's version.</summary>
    internal static IEnumerable<string> SymbolsOf(int version) =>
    [
        "NET", $"NET{version}_0", "NETCOREAPP", "NETCOREAPP1_0_OR_GREATER", "NETCOREAPP1_1_OR_GREATER", "NETCOREAPP2_0_OR_GREATER",
        "NETCOREAPP2_1_OR_GREATER", "NETCOREAPP2_2_OR_GREATER", "NETCOREAPP3_0_OR_GREATER", "NETCOREAPP3_1_OR_GREATER",
        .. Enumerable.Range(5, version - 4).Select(older => $"NET{older}_0_OR_GREATER"),
    ];

    private string Write(ImmutableHashSet<string> rules, IEnumerable<string> more)
    {
        string config = Path.Combine(folder, "rules.globalconfig");
        File.WriteAllText(config, Config(RuleRun.Ids, rules));
        string response = Path.Combine(folder, "compiler.rsp");
        File.WriteAllLines(response,
        [
            "/noconfig /nostdlib+ /target:library /unsafe+ /optimize+ /langversion:latest /deterministic+ /preferreduilang:en-US",
            $"/reportanalyzer /out:\"{Path.Combine(folder, "built.dll")}\" /analyzerconfig:\"{config}\"",
            $"/define:{string.Join(';', SymbolsOf(Environment.Version.Major).Concat(settings.Symbols))}",
            .. tools.References.Select(file => $"/reference:\"{file}\""),
            .. Ours.Select(file => $"/analyzer:\"{Path.Combine(AppContext.BaseDirectory, file)}\""),
            .. more,
            .. SourceFolder.Files(settings.Sources.FullName).Select(file => $"\"{file}\""),
        ]);
        return response;
    }
}
