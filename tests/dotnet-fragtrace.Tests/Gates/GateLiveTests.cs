using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Gates;

/// <summary>Programs of their own, recorded and gated as CI would: what a gate is worth.</summary>
public sealed class GateLiveTests(ITestOutputHelper output) : IDisposable
{
    private const int Runs = 20;
    private const int BaselineRuns = 5;
    private const int AtATime = 2;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TenPointsMore_AreCaughtInEveryRun_AndTheUnchangedProgramPassesInEveryRun()
    {
        string[] made = await RecordAsync("baseline", percent: 30, firstSeed: 1, BaselineRuns);
        string baseline = _folder.PathOf("app.baseline.json");
        Assert.Equal(ExitCode.Ok, (await ToolRun.Of(["gate", .. made, "--write-baseline", baseline])).Code);
        output.WriteLine(await File.ReadAllTextAsync(baseline, TestContext.Current.CancellationToken));

        Answer[] unchanged = await GateAsync(await RecordAsync("unchanged", percent: 30, firstSeed: 101, Runs), baseline);
        Answer[] regressed = await GateAsync(await RecordAsync("regressed", percent: 40, firstSeed: 201, Runs), baseline);

        Print("unchanged", unchanged);
        Print("regressed", regressed);
        Assert.All(unchanged, static one => Assert.True(one.Code == ExitCode.Ok, one.ToString()));
        Assert.All(regressed, static one => Assert.True(one.Code == ExitCode.GateFailed, one.ToString()));
    }

    [Fact]
    public async Task FiveRunsAgainstFive_CatchTenPoints_AndPassTheSameProgram()
    {
        string[] before = await RecordAsync("before", percent: 30, firstSeed: 301, 5);
        string[] same = await RecordAsync("same", percent: 30, firstSeed: 401, 5);
        string[] worse = await RecordAsync("worse", percent: 40, firstSeed: 501, 5);

        Assert.Equal(ExitCode.Ok, (await ToolRun.Of(["gate", .. same, "--against", .. before])).Code);
        ToolRun failed = await ToolRun.Of(["gate", .. worse, "--against", .. before]);
        Assert.Equal(ExitCode.GateFailed, failed.Code);
        Assert.Contains("loh.fragmentation changed by +", failed.Out);
    }

    [Fact]
    public async Task RecordingCutOff_IsRefused_WhereverItIsCut()
    {
        string whole = (await RecordAsync("whole", percent: 30, firstSeed: 1, 1))[0];
        byte[] bytes = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Ok, (await ToolRun.Of("gate", whole, "--max", "loh.fragmentation=0.9")).Code);

        foreach (int percent in (int[])[30, 60, 90, 99])
        {
            string cut = _folder.PathOf("cut.nettrace");
            await File.WriteAllBytesAsync(cut, bytes[..(int)((long)bytes.Length * percent / 100)], TestContext.Current.CancellationToken);

            ToolRun run = await ToolRun.Of("gate", cut, "--json");

            Assert.True(run.Code == ExitCode.GateRefused, $"Cut at {percent} %: {run.Code}\n{run.Out}{run.Error}");
            Assert.Contains("The recording", (string?)JsonNode.Parse(run.Out)!["refusals"]![0], StringComparison.Ordinal);
        }
    }

    private async Task<string[]> RecordAsync(string name, int percent, int firstSeed, int runs)
    {
        string[] files = [.. Enumerable.Range(firstSeed, runs).Select(seed => _folder.PathOf(string.Create(CultureInfo.InvariantCulture, $"{name}{seed}.nettrace")))];
        await Parallel.ForAsync(0, runs, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (i, _) =>
        {
            ToolRun run = await ToolRun.Of(
                "collect", "--profile", "heap", "-o", files[i], "--", TargetProgram.Dotnet, TargetProgram.Assembly,
                "holes", percent.ToString(CultureInfo.InvariantCulture), (firstSeed + i).ToString(CultureInfo.InvariantCulture));
            Assert.True(run.Code == ExitCode.Ok, run.Error);
        });
        return files;
    }

    private static async Task<Answer[]> GateAsync(IEnumerable<string> files, string baseline)
    {
        List<Answer> answers = [];
        foreach (string file in files)
        {
            ToolRun run = await ToolRun.Of("gate", file, "--baseline", baseline, "--json");
            JsonNode gate = JsonNode.Parse(run.Out)!;
            answers.Add(new Answer(
                Path.GetFileNameWithoutExtension(file), run.Code, (double?)gate["metrics"]?["loh.fragmentation"] ?? double.NaN,
                $"{gate["failures"]} {gate["refusals"]} {run.Error}"));
        }

        return [.. answers];
    }

    private void Print(string name, Answer[] answers) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {string.Join(", ", answers.GroupBy(static one => one.Code).Select(static group => $"{group.Count()} {group.Key}"))}; loh.fragmentation {string.Join(" ", answers.Select(static one => one.Value).Order().Select(static value => value.ToString("0.0000", CultureInfo.InvariantCulture)))}"));

    /// <param name="Value">Fragmentation of the large-object heap; not a number where the gate read none.</param>
    private sealed record Answer(string File, ExitCode Code, double Value, string Reasons);
}
