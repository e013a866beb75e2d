using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SmallZone_HoldsTheArticles255Keys()
    {
        JsonElement result = await SimulatedJson.OfAsync(_folder.Cats(), "--model", "lua-shared-dict", "--set", "zone=40k");

        Assert.Equal("fragguard.simulation/1", result.GetProperty("schema").GetString());
        Assert.Equal("lua-shared-dict", result.GetProperty("model").GetString());
        Assert.Equal(300, result.GetProperty("operations").GetInt64());
        Assert.Equal(45, result.GetProperty("refused").GetInt64());
        Assert.Equal(255, result.GetProperty("stored").GetInt64());
        Assert.Equal(255, result.GetProperty("answers").GetProperty("ok").GetInt64());
        Assert.Equal(45, result.GetProperty("answers").GetProperty("noMemory").GetInt64());
        Assert.Equal(40_960, result.GetProperty("zone").GetProperty("bytes").GetInt64());
        Assert.Equal(
            ["4096", "65536", "1048576"],
            result.GetProperty("metrics").GetProperty("unusable").EnumerateObject().Select(size => size.Name),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task LargerZone_HoldsThemAll()
    {
        JsonElement result = await SimulatedJson.OfAsync(_folder.Cats(), "--model", "lua-shared-dict", "--set", "zone=80k");

        Assert.Equal(300, result.GetProperty("stored").GetInt64());
    }

    [Fact]
    public async Task SeveralModels_PrintOneObjectOfResults()
    {
        JsonElement result = await SimulatedJson.OfAsync(_folder.Cats(), "--model", "nginx-slab", "--model", "lua-shared-dict");

        Assert.Equal("fragguard.simulation/1", result.GetProperty("schema").GetString());
        Assert.Equal(
            ["nginx-slab", "lua-shared-dict"],
            result.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("model").GetString()!),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task ModelsTogether_SayWhatEachSaysAlone()
    {
        string workload = _folder.File(
            "w.txt", "alloc {1..3000} 90000 site=Load", "free {1..3000..2}", "alloc s{1..9000} 300 site=Parse", "free s{1..9000..3}");
        string[] models = ["dotnet-loh", "nginx-slab", "dotnet-arraypool-shared"];

        JsonElement together = await SimulatedJson.OfAsync([workload, .. models.SelectMany(model => new[] { "--model", model })]);

        JsonElement[] results = [.. together.GetProperty("results").EnumerateArray()];
        for (int i = 0; i < models.Length; i++)
            Assert.True(JsonElement.DeepEquals(await SimulatedJson.OfAsync(workload, "--model", models[i]), results[i]), models[i]);
    }

    [Fact]
    public async Task Text_HasTheNumbersAndSaysTheyAreSimulated()
    {
        ToolRun run = await ToolRun.Of("simulate", _folder.Cats(), "--model", "lua-shared-dict", "--set", "zone=40k");

        run.Succeeded();
        Assert.Contains("40,960 B", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("is simulated", run.Unwrapped, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Theory]
    [InlineData("html", "<!doctype html>")]
    [InlineData("svg", "<?xml")]
    [InlineData("text", "lua-shared-dict holds ")]
    public async Task Format_DecidesTheForm(string format, string startsWith)
    {
        ToolRun run = await ToolRun.Of("simulate", _folder.Cats(), "--model", "lua-shared-dict", "--set", "zone=40k", "--format", format);

        run.Succeeded();
        Assert.StartsWith(startsWith, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutputOverTheTrace_IsRefused() =>
        (await ToolRun.Of("simulate", _folder.Cats(), "--model", "lua-shared-dict", "-o", _folder.Cats())).Failed(ExitCode.Arguments, "is read here");

    [Fact]
    public async Task Advice_RanksRemediesWhenAskedFor()
    {
        string[] args = [_folder.Cats(), "--model", "lua-shared-dict", "--set", "zone=40k"];
        JsonElement silent = await SimulatedJson.OfAsync(args);
        JsonElement advice = (await SimulatedJson.OfAsync([.. args, "--advise"])).GetProperty("advice");
        ToolRun text = await ToolRun.Of(["simulate", .. args, "--advise"]);

        Assert.Equal(JsonValueKind.Null, silent.GetProperty("advice").ValueKind);
        Assert.Equal(45, advice.GetProperty("asWritten").GetProperty("unserved").GetInt64());
        JsonElement best = advice.GetProperty("remedies")[0];
        Assert.Equal("more-memory", best.GetProperty("id").GetString());
        Assert.Equal(0, best.GetProperty("unserved").GetInt64());
        text.Succeeded();
        Assert.Contains("give the zone", text.Unwrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sites_SayWhoHoldsTheHeap()
    {
        string workload = _folder.File("w.txt", "alloc {1..64} 100 site=Parse", "free {1..64..2}", "alloc big 5000 site=Load", "alloc x 9000");

        JsonElement result = await SimulatedJson.OfAsync(workload, "--model", "nginx-slab");

        JsonElement[] sites = [.. result.GetProperty("sites").EnumerateArray()];
        Assert.Equal("Parse  Load", string.Join(' ', sites.Select(site => site.GetProperty("site").GetString())));
        Assert.Equal((32, 4_096), (sites[0].GetProperty("blocks").GetInt64(), sites[0].GetProperty("trappedBytes").GetInt64()));
        Assert.Equal(2, sites[0].GetProperty("solePages").GetInt64());
        ToolRun text = await ToolRun.Of("simulate", workload, "--model", "nginx-slab");
        Assert.Contains("Parse", text.Out, StringComparison.Ordinal);
        Assert.Contains("held alone", text.Unwrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_EndsWithTheFinalMetrics()
    {
        JsonElement result = await SimulatedJson.OfAsync(_folder.File("w.txt", "alloc {1..5000} 100", "free {1..5000..2}"), "--model", "nginx-slab");

        JsonElement[] series = [.. result.GetProperty("series").EnumerateArray()];
        Assert.InRange(series.Length, 32, 64);
        Assert.Equal(7_499, series[^1].GetProperty("operation").GetInt64());
        Assert.Equal(
            result.GetProperty("metrics").GetProperty("trapped").GetDouble(), series[^1].GetProperty("trapped").GetDouble());
        Assert.Equal(0, result.GetProperty("peak").GetProperty("operation").GetInt64());
    }

    [Fact]
    public async Task ForeignCulture_ChangesNothing()
    {
        string[] args = ["simulate", _folder.Cats(), "--model", "lua-shared-dict", "--set", "zone=40k"];
        ToolRun here = await ToolRun.Of(args);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CommaCulture.Create();
        try
        {
            Assert.Equal(here.Out, (await ToolRun.Of(args)).Out);
            Assert.Equal((await SimulatedJson.OfAsync(args[1..])).ToString(), (await SimulatedJson.OfAsync(args[1..])).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
