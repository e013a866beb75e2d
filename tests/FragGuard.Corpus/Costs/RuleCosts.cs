using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Corpus.Costs;

/// <summary>
/// What each rule costs alone, by the compiler's own table: all of ours are off but one, which so is charged all that rules
/// share. That is more than it adds where others are on, which is the difference of two builds. Each rule has a compiler process
/// of its own, which builds several times.
/// </summary>
internal sealed partial class RuleCosts(CostSettings settings, TextWriter output)
{
    private const string Ours = "FragGuard.Analyzers";

    private string Header => Columns(build => $" Build {build + 1} |");

    private string Rule => string.Concat(Enumerable.Repeat("---|", settings.Builds));

    public async Task RunAsync(CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fragguard-cost-");
        try
        {
            CompilerArguments arguments = new(Toolset.OfThisRuntime, settings, folder.FullName);
            ImmutableHashSet<string> all = [.. RuleRun.Ids];
            Line($"{Environment.ProcessorCount} processors, {settings.Builds} builds of each compiler process, milliseconds\n");
            if (!settings.Others.IsEmpty)
                await CompareAsync(arguments.WithOthers(all), settings.Profile ? folder.FullName : null, cancellation).ConfigureAwait(false);

            Line($"| Rules that are on |{Header} Load |\n|---|{Rule}---|");
            await MeasureAsync("all", arguments.WithRules(all), cancellation).ConfigureAwait(false);
            foreach (string rule in settings.Rules)
                await MeasureAsync(rule, arguments.WithRules([rule]), cancellation).ConfigureAwait(false);
            if (settings.Pairs > 0)
            {
                CompilerArguments ofAll = new(Toolset.OfThisRuntime, settings, folder.CreateSubdirectory("all").FullName);
                await AddAsync(ofAll, arguments, all, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <param name="response">What the compiler is told.</param>
    /// <param name="samples">A folder for samples of a profiler; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    private async Task CompareAsync(string response, string? samples, CancellationToken cancellation)
    {
        (List<AnalyzerTable> builds, List<SampledParts> sampled) = await BuildAsync(response, samples, cancellation).ConfigureAwait(false);
        string[] others = [.. builds[0].Assemblies.Where(assembly => !string.Equals(assembly, Ours, StringComparison.Ordinal))];
        Line($"| All rules of all |{Header}\n|---|{Rule}");
        foreach (string assembly in others)
            Line($"| {assembly}, {builds[0].Of(assembly).Count()} analyzers: all, median |{Columns(build => $" {builds[build].SumOf(assembly):N0}, {builds[build].MedianOf(assembly):N1} |")}");
        Line($"| Together: median |{Columns(build => $" {builds[build].MedianOf(others):N1} |")}");
        Line($"| {Ours}: all |{Columns(build => $" {builds[build].SumOf(Ours):N0} |")}");
        foreach (string analyzer in builds[0].Of(Ours).OrderByDescending(time => time.Ms).Select(time => time.Analyzer))
            Line($"| {analyzer} |{Columns(build => $" {builds[build].Of(Ours).Single(time => string.Equals(time.Analyzer, analyzer, StringComparison.Ordinal)).Ms:N1} |")}");
        Line($"");
        if (sampled.Count > 0)
            output.WriteLine(new SampledRows([.. builds.Zip(sampled, (build, parts) => SampledRow.Of(build, Ours, parts))], [.. builds.Select(build => build.MedianOf(others))]));
    }

    /// <summary>Builds in turns, in a compiler process with all rules and one without the rule, so that both see the machine alike.</summary>
    private async Task AddAsync(
        CompilerArguments ofAll, CompilerArguments ofOthers, ImmutableHashSet<string> all, CancellationToken cancellation)
    {
        Line($"\n| Rule | Adds, median of {settings.Pairs} pairs | Least | Most | Load |\n|---|---|---|---|---|");
        string with = ofAll.WithRules(all);
        foreach (string rule in settings.Rules)
        {
            string without = ofOthers.WithRules(all.Remove(rule));
            CompilerServer one = await CompilerServer.StartAsync(Toolset.OfThisRuntime, isSampled: false, cancellation).ConfigureAwait(false);
            await using (one.ConfigureAwait(false))
            {
                CompilerServer other = await CompilerServer.StartAsync(Toolset.OfThisRuntime, isSampled: false, cancellation).ConfigureAwait(false);
                await using (other.ConfigureAwait(false))
                {
                    List<double> sumsWith = [];
                    List<double> sumsWithout = [];
                    for (int pair = 0; pair <= settings.Pairs; pair++) // The first one is cold.
                    {
                        sumsWith.Add(await SumAsync(one, with, cancellation).ConfigureAwait(false));
                        sumsWithout.Add(await SumAsync(other, without, cancellation).ConfigureAwait(false));
                    }

                    Line($"| {rule} | {new AddedCost(sumsWith[1..], sumsWithout[1..])} | {Load()} |");
                }
            }
        }
    }

    private static async Task<double> SumAsync(CompilerServer server, string response, CancellationToken cancellation) =>
        AnalyzerTable.Read(await server.BuildAsync(response, cancellation).ConfigureAwait(false)).SumOf(Ours);

    private async Task MeasureAsync(string name, string response, CancellationToken cancellation)
    {
        (List<AnalyzerTable> builds, _) = await BuildAsync(response, samples: null, cancellation).ConfigureAwait(false);
        Line($"| {name} |{Columns(build => $" {builds[build].SumOf(Ours):N1} |")} {Load()} |");
    }

    /// <param name="response">What the compiler is told.</param>
    /// <param name="samples">A folder for samples of a profiler; null for none.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Of each build the compiler's table, and the samples where there are any.</returns>
    private async Task<(List<AnalyzerTable> Builds, List<SampledParts> Sampled)> BuildAsync(
        string response, string? samples, CancellationToken cancellation)
    {
        CompilerServer server = await CompilerServer.StartAsync(Toolset.OfThisRuntime, samples is not null, cancellation).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            List<AnalyzerTable> builds = [];
            List<SampledParts> sampled = [];
            for (int build = 0; build < settings.Builds; build++)
            {
                string printed = samples is not null
                    ? await server.BuildSampledAsync(response, FileOf(samples, build), cancellation).ConfigureAwait(false)
                    : await server.BuildAsync(response, cancellation).ConfigureAwait(false);
                int errors = ErrorsIn(printed);
                if (errors > 0 && build == 0)
                    Line($"{errors} errors, the first: {Error().Match(printed).Value}\n");
                builds.Add(AnalyzerTable.Read(printed));
            }

            for (int build = 0; samples is not null && build < settings.Builds; build++) // Reading in between would leave the next build a colder machine.
                sampled.Add(server.Read(FileOf(samples, build)));
            return (builds, sampled);
        }

        static string FileOf(string folder, int build) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"build{build}.perf"));
    }

    internal static int ErrorsIn(string printed) => Error().Count(printed);

    private string Columns(Func<int, FormattableString> column) =>
        string.Concat(Enumerable.Range(0, settings.Builds).Select(build => column(build).ToString(CultureInfo.InvariantCulture)));

    /// <summary>Processes that wait for a processor or use one, as a mean of the last minute; Linux tells it.</summary>
    private static string Load()
    {
        const string File = "/proc/loadavg";
        return OperatingSystem.IsLinux() ? System.IO.File.ReadAllText(File).Split(' ')[0] : "unknown";
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"error [A-Z]+[0-9]+: .*", RegexOptions.NonBacktracking)]
    private static partial Regex Error();
}
