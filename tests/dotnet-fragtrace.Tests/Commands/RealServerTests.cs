using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Programs that are not ours, recorded and reported while they work.</summary>
[Trait("Starts", "Tool")]
public sealed class RealServerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Recording => _folder.PathOf("run.nettrace");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pools")]
    [InlineData("heap")]
    [InlineData("layout")]
    [InlineData("full")]
    public async Task WebServerUnderLoad_IsRecordedAndReported(string profile)
    {
        string wrk = LivePrograms.Require("wrk");
        using Process server = Start(TargetProgram.Dotnet, ServerAssembly, "100");
        try
        {
            string? address = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            Assert.StartsWith("serving http://127.0.0.1:", address, StringComparison.Ordinal);
            address = address!["serving ".Length..];
            await using ToolProcess tool = ToolProcess.Start(
                "collect", "-o", Recording, "--profile", profile, "--json",
                "-p", server.Id.ToString(CultureInfo.InvariantCulture));
            await tool.SaidAsync("Recording process");

            foreach (string path in new[] { "/rented", "/cached", "/text" })
                Assert.True(await RequestsAsync(wrk, address + path) > 100, path);

            await tool.SignalAsync("INT");
            ToolRun run = await tool.EndAsync();
            Assert.Equal(ExitCode.Ok, run.Code);
            Assert.Equal("Stopped", (string?)JsonNode.Parse(run.Out)!["end"]);
            JsonNode report = await ReportAsync();
            Assert.Equal(server.Id, (int?)report["target"]!["processId"]);
            Assert.Equal(0, (long?)report["quality"]!["eventsLost"]);
            Assert.False(server.HasExited);
        }
        finally
        {
            server.Kill();
        }
    }

    /// <summary>From outside, while it answers: its parts add up, and its runtime and malloc are found.</summary>
    [Fact]
    public async Task WebServerUnderLoad_IsLookedAtFromOutside()
    {
        string wrk = LivePrograms.Require("wrk");
        using Process server = Start(TargetProgram.Dotnet, ServerAssembly, "100");
        try
        {
            string? address = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            Assert.StartsWith("serving http://127.0.0.1:", address, StringComparison.Ordinal);
            Task<int> load = RequestsAsync(wrk, address!["serving ".Length..] + "/cached");

            JsonNode memory = await LookAsync("memory", server.Id);
            JsonNode arenas = await LookAsync("arenas", server.Id);

            Assert.True(await load > 100);
            Assert.False(server.HasExited);
            JsonArray parts = memory["parts"]!.AsArray();
            Assert.Equal((long?)memory["system"]!["residentBytes"], parts.Sum(part => (long)part!["residentBytes"]!));
            Assert.Contains(parts, part => ((string)part!["part"]!).StartsWith("gc", StringComparison.OrdinalIgnoreCase) && (long)part["residentBytes"]! > 0);
            Assert.True((bool?)arenas["isGlibcInUse"]);
            Assert.InRange((long)arenas["resident"]!["residentBytes"]!, 1, (long)memory["system"]!["residentBytes"]!);
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task BuildOfTheSdk_IsRecordedAndReported()
    {
        _folder.File(
            "Hello.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework>",
            "<OutputType>Exe</OutputType><UseAppHost>false</UseAppHost></PropertyGroup></Project>");
        _folder.File("Hello.cs", "System.Console.WriteLine(1);");
        _folder.File("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");

        ToolRun run = await ToolProcess.RunAsync(
            "collect", "-o", Recording, "--profile", "layout", "--json", "--",
            TargetProgram.Dotnet, "build", _folder.Path, "-nodeReuse:false", "-p:UseSharedCompilation=false", "-v:q");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("TargetExited", (string?)JsonNode.Parse(run.Out)!["end"]);
        Assert.True(File.Exists(_folder.PathOf("bin/Debug/net10.0/Hello.dll")));
        JsonNode report = await ReportAsync();
        Assert.Equal(0, (long?)report["quality"]!["eventsLost"]);
        Assert.Contains("build", (string?)report["target"]!["command"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompilerServerOfTheSdk_IsRecordedWhileItCompiles()
    {
        string pipe = $"fragguard-{Guid.NewGuid():N}";
        await using ToolProcess tool = ToolProcess.Start(
            "collect", "-o", Recording, "--profile", "full", "--json", "--",
            TargetProgram.Dotnet, "exec", Path.Combine(CompilerFolder(), "VBCSCompiler.dll"), $"-pipename:{pipe}");
        await tool.RecordsAsync(Recording);
        string source = _folder.File("Hello.cs", "class C { static void Main() { } }");

        for (int i = 0; i < 5; i++)
        {
            using Process client = Start(
                TargetProgram.Dotnet, "exec", Path.Combine(CompilerFolder(), "csc.dll"), $"/shared:{pipe}", "/noconfig", "/nologo",
                $"/out:{_folder.PathOf("hello.dll")}", $"/reference:{typeof(object).Assembly.Location}", source);
            string said = await client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
            await ToolProcess.EndOfAsync(client);
            Assert.True(client.ExitCode == 0, said);
        }

        await tool.SignalAsync("INT");
        Assert.Equal(ExitCode.Ok, (await tool.EndAsync()).Code);
        JsonNode report = await ReportAsync();
        Assert.Contains("VBCSCompiler", (string?)report["target"]!["command"], StringComparison.Ordinal);
        Assert.Equal(0, (long?)report["quality"]!["eventsLost"]);
    }

    private static string ServerAssembly => Path.Combine(AppContext.BaseDirectory, "dotnet-fragtrace.Tests.Server.dll");

    /// <summary>The folder of the compiler in the newest SDK beside the runtime that runs the tests.</summary>
    private static string CompilerFolder()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string[] found = Directory.GetDirectories(Path.Combine(root, "sdk"), $"{Environment.Version.Major}.*");
        if (found.Length == 0)
            LivePrograms.Missing("There is no SDK beside this runtime.");
        return Path.Combine(found[^1], "Roslyn", "bincore");
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;

    /// <summary>Loads an address for two seconds and returns how many requests were answered.</summary>
    private static async Task<int> RequestsAsync(string wrk, string address)
    {
        using Process load = Start(wrk, "-t1", "-c8", "-d2s", address);
        string said = await load.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        await ToolProcess.EndOfAsync(load);
        Assert.DoesNotContain("Non-2xx", said, StringComparison.Ordinal);
        int end = said.IndexOf(" requests in", StringComparison.Ordinal);
        Assert.True(end > 0, said);
        int start = said.LastIndexOf('\n', end) + 1;
        return int.Parse(said.AsSpan(start, end - start).Trim(), CultureInfo.InvariantCulture);
    }

    private static async Task<JsonNode> LookAsync(string verb, int processId)
    {
        ToolRun run = await ToolRun.Of(verb, "-p", processId.ToString(CultureInfo.InvariantCulture), "--json");
        run.Succeeded();
        return JsonNode.Parse(run.Out)!;
    }

    private async Task<JsonNode> ReportAsync()
    {
        foreach (string format in new[] { "text", "html" })
            (await ToolRun.Of("report", Recording, "--format", format, "-o", _folder.PathOf("report." + format))).Succeeded();
        ToolRun report = await ToolRun.Of("report", Recording, "--json");
        report.Succeeded();
        JsonNode result = JsonNode.Parse(report.Out)!;
        Assert.False((bool?)result["quality"]!["truncated"]);
        Assert.True((int?)result["heap"]!["gcs"] > 0);
        return result;
    }
}
