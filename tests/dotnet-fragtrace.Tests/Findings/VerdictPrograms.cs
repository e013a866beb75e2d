using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests;
using FragGuard.FragTrace.Building;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Findings;

/// <summary>
/// The programs beside this file, built with the rules by the SDK, and recorded in the ways that the tests ask for: a finding of the
/// compiler meets what the runtime told.
/// </summary>
public sealed class VerdictPrograms : IAsyncLifetime
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>
          <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable>
          <ConcurrentGarbageCollection>false</ConcurrentGarbageCollection>
        </PropertyGroup></Project>
        """;

    private readonly TestFolder _folder = new();
    private readonly Dictionary<(string Program, string Profile), JsonNode[]> _judged = [];

    private BuiltProgram _built = null!;

    public async ValueTask InitializeAsync()
    {
        string source = Directory.CreateDirectory(_folder.PathOf("Verdicts")).FullName;
        string findings = Directory.CreateDirectory(_folder.PathOf("findings")).FullName;
        foreach (string file in Directory.GetFiles(
            Path.Combine(RepositoryFiles.Root, "tests", "dotnet-fragtrace.Tests", "Findings", "Programs"), "*.cs"))
        {
            File.Copy(file, Path.Combine(source, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(source, "Verdicts.csproj"), Project);
        _built = await RulesBuild.RunAsync(
            ProgramSource.Find(source), new BuildOptions("Release", null, findings), CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The finding at the line that ends with a comment, as a recording of a program judges it.</summary>
    /// <param name="mark">What the comment says.</param>
    public async Task<JsonNode> JudgeAsync(string program, string profile, string rule, string mark)
    {
        (string file, int line) = PlaceOf(mark);
        JsonNode[] findings = [.. (await JudgedAsync(program, profile)).Where(one =>
            string.Equals((string?)one["rule"], rule, StringComparison.Ordinal)
            && string.Equals(Path.GetFileName((string?)one["file"]), file, StringComparison.Ordinal)
            && (int?)one["line"] == line)];
        Assert.True(
            findings.Length == 1,
            string.Create(CultureInfo.InvariantCulture, $"{findings.Length} findings of {rule} at {file}({line})."));
        return findings[0];
    }

    /// <summary>All findings against a recording that lost events, because the program sends more than its buffer holds.</summary>
    public async Task<JsonNode> JudgeWithLossAsync(string program)
    {
        string recording = _folder.PathOf($"{program}-lossy.nettrace");
        ToolRun made = await ToolRun.Of(
            "collect", "--profile", "run", "--buffersize", "1", "-o", recording, "--", TargetProgram.Dotnet, _built.AssemblyPath, program);
        Assert.True(made.Code == ExitCode.Ok, made.Error);
        return await ValidateAsync(recording);
    }

    private async Task<JsonNode> ValidateAsync(string recording)
    {
        ToolRun run = await ToolRun.Of(["validate", recording, "--json", .. _built.SarifPaths.SelectMany(path => (string[])["--findings", path])]);
        run.Succeeded();
        return JsonNode.Parse(run.Out)!;
    }

    private async Task<JsonNode[]> JudgedAsync(string program, string profile)
    {
        if (_judged.TryGetValue((program, profile), out JsonNode[]? known))
            return known;

        string recording = _folder.PathOf($"{program}-{profile}.nettrace");
        ToolRun made = await ToolRun.Of(
            "collect", "--profile", profile, "-o", recording, "--", TargetProgram.Dotnet, _built.AssemblyPath, program);
        Assert.True(made.Code == ExitCode.Ok, made.Error);
        JsonNode report = await ValidateAsync(recording);
        Assert.Equal(0, (long?)report["quality"]!["eventsLost"]);
        return _judged[(program, profile)] = [.. report["findings"]!.AsArray().OfType<JsonNode>()];
    }

    private (string File, int Line) PlaceOf(string mark)
    {
        foreach (string file in Directory.GetFiles(_folder.PathOf("Verdicts"), "*.cs"))
        {
            int index = Array.FindIndex(File.ReadAllLines(file), text => text.EndsWith("; // " + mark, StringComparison.Ordinal));
            if (index >= 0)
                return (Path.GetFileName(file), index + 1);
        }

        throw new ArgumentException($"No line says '{mark}'.", nameof(mark));
    }
}
