using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Tests;

namespace FragGuard.Simulation.Tests.Fidelity;

/// <summary>
/// The kept results of the live tests, one file of rows per model, and the page generated from them. A live test reports
/// its result here; the test fails when the kept row says something else. With the environment variable
/// <c>FRAGGUARD_UPDATE_FIDELITY</c> set to 1 rows and page are rewritten instead.
/// </summary>
internal static class FidelityResults
{
    private const string UpdateVariable = "FRAGGUARD_UPDATE_FIDELITY";

    private static readonly Lock Gate = new();
    private static readonly string[] Folder = ["tests", "FragGuard.Simulation.Tests", "Fidelity", "Results"];
    private static readonly string[] Page = ["analyzers", "docs", "fidelity.md"];

    public static IReadOnlyList<string> Models =>
        Directory.EnumerateFiles(PathOf(Folder), "*.tsv").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal).ToArray();

    private static bool Updates =>
        string.Equals(Environment.GetEnvironmentVariable(UpdateVariable), "1", StringComparison.Ordinal);

    /// <summary>Fails when there were differences, or when the kept row is missing or counts something else.</summary>
    /// <param name="output">Where the numbers of this run are printed.</param>
    /// <param name="model">Name of the model in the registry.</param>
    /// <param name="stream">What was played; unique within the model.</param>
    /// <param name="program">The real program and its version.</param>
    /// <param name="compared">How many things were compared: the same on every run.</param>
    /// <param name="things">What was compared.</param>
    /// <param name="differences">How many of them differed.</param>
    public static void Exact(
        ITestOutputHelper output, string model, string stream, string program, long compared, string things, long differences) =>
        Report(output, model, new FidelityResult(
            stream, program, compared, things, differences, 0, FidelityResult.Differences));

    /// <summary>Fails when the deviation is above its bound, or when the kept row is missing or bounds something else.</summary>
    /// <param name="output">Where the numbers of this run are printed.</param>
    /// <param name="model">Name of the model in the registry.</param>
    /// <param name="stream">What was played; unique within the model.</param>
    /// <param name="program">The real program and its version.</param>
    /// <param name="compared">How many things were compared: the same on every run.</param>
    /// <param name="things">What was compared.</param>
    /// <param name="deviation">The largest deviation seen.</param>
    /// <param name="bound">The most it may be.</param>
    /// <param name="unit">The measure and its unit, such as "% of total pages".</param>
    public static void Within(
        ITestOutputHelper output, string model, string stream, string program, long compared, string things,
        double deviation, double bound, string unit) =>
        Report(output, model, new FidelityResult(stream, program, compared, things, deviation, bound, unit));

    public static IReadOnlyList<FidelityResult> Of(string model) => File.Exists(FileOf(model))
        ? File.ReadAllLines(FileOf(model)).Where(line => line.Length > 0).Select(FidelityResult.Parse).ToArray()
        : [];

    public static string KeptPage() => File.ReadAllText(PathOf(Page));

    public static string GeneratedPage() => string.Join('\n', [
        "# Fidelity: the models against the real programs",
        "",
        "Each row is a live test: it feeds the same operations to the real program and to the model and compares.",
        "\"Exact\" rows allow no difference. Other rows state the largest deviation allowed, and the one measured when",
        "the row was last written. The tests run wherever the program is installed and fail when a row is no longer true.",
        "This page is generated: `FRAGGUARD_UPDATE_FIDELITY=1 dotnet test tests/FragGuard.Simulation.Tests`.",
        "",
        "| Model | Against | Played | Compared | Found | Allowed |",
        "|---|---|---|---|---|---|",
        .. Models.SelectMany(model => Of(model).Select(result => result.ToMarkdown(model))),
        ""]);

    public static void WritePage()
    {
        if (Updates)
            File.WriteAllText(PathOf(Page), GeneratedPage());
    }

    private static void Report(ITestOutputHelper output, string model, FidelityResult result)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{model} against {result.Program}, {result.Stream}: {result.Compared} {result.Things} compared, {result.Found} {result.Unit}"));
        Assert.True(
            result.Found <= result.Bound,
            $"{model}, {result.Stream}: {result.Found} {result.Unit}, at most {result.Bound} allowed");
        lock (Gate)
        {
            FidelityResult[] kept = [.. Of(model)];
            FidelityResult? row = Array.Find(kept, other => string.Equals(other.Stream, result.Stream, StringComparison.Ordinal));
            if (Updates)
            {
                File.WriteAllLines(FileOf(model), kept.Where(other => other != row).Append(result)
                    .OrderBy(other => other.Stream, StringComparer.Ordinal).Select(other => other.ToString()));
                WritePage();
                return;
            }

            Assert.True(
                row is not null && row with { Program = result.Program, Found = result.Found } == result,
                $"The fidelity page says otherwise of {model}, {result.Stream}. Rewrite it with {UpdateVariable}=1. "
                + $"Kept: {row}. Now: {result}");
        }
    }

    private static string FileOf(string model) => Path.Combine(PathOf(Folder), model + ".tsv");

    private static string PathOf(string[] path) => Path.Combine([RepositoryFiles.Root, .. path]);
}
