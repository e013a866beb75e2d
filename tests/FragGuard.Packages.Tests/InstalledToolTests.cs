using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Packages;

namespace FragGuard.Packages.Tests;

/// <summary>The tool as a user gets it: installed from a feed into a clean folder, used on a fresh project.</summary>
public sealed class InstalledToolTests(PackedFeed feed)
{
    private const string LeakingProgram = """
        using System;
        using System.Buffers;
        for (int i = 0; i < 500; i++)
            Page.Sum(70_000 + i);
        static class Page
        {
            public static int Sum(int bytes)
            {
                byte[] page = ArrayPool<byte>.Shared.Rent(bytes);
                Random.Shared.NextBytes(page);
                return page[0] + page[bytes - 1];
            }
        }
        """;

    [Fact]
    public async Task Tool_InstallsFromTheFeedAlone_AndTellsItsModels()
    {
        string folder = feed.NewFolder();
        string tool = await InstallAsync(folder);

        (int code, string said) = await Dotnet.EndAsync(folder, tool, ["models", "--json"]);

        Assert.True(code == 0, said);
        using JsonDocument models = JsonDocument.Parse(said);
        Assert.StartsWith("fragguard.", models.RootElement.GetProperty("schema").GetString(), StringComparison.Ordinal);
    }

    /// <param name="hasPackage">Whether the project brings the rules itself; the finding is one all the same.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_OfAFreshProject_ConfirmsItsOneFinding(bool hasPackage)
    {
        string folder = feed.NewFolder();
        string tool = await InstallAsync(folder);
        string[] isolated = ["NUGET_PACKAGES", Path.Combine(folder, "packages")];
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), LeakingProgram, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Shop.csproj"), feed.ProjectText(hasPackage ? "FragGuard.Analyzers" : null), TestContext.Current.CancellationToken);

        (int code, string said) = await Dotnet.EndAsync(folder, tool, ["run", "Shop.csproj", "-o", "shop.html", "--json"], (isolated[0], isolated[1]));

        Assert.True(code == 0, said);
        using JsonDocument run = JsonDocument.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..(said.LastIndexOf('}') + 1)]);
        JsonElement finding = Assert.Single(run.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal("FG2001", finding.GetProperty("rule").GetString());
        Assert.Equal("confirmed", finding.GetProperty("verdict").GetString());
        Assert.True(File.Exists(Path.Combine(folder, "shop.html")));
    }

    /// <summary>Nothing but the feed is asked: the tool brings all it needs.</summary>
    private async Task<string> InstallAsync(string folder)
    {
        string tools = Path.Combine(folder, "tools");
        await Dotnet.RunAsync(folder, "tool", "install", "dotnet-fragtrace", "--tool-path", tools, "--source", feed.Path);
        return Path.Combine(tools, OperatingSystem.IsWindows() ? "dotnet-fragtrace.exe" : "dotnet-fragtrace");
    }
}
