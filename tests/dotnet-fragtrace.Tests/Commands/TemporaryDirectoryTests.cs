using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>What sockets and links need a temporary directory for, and directories that will not do.</summary>
[Trait("Starts", "Tool")]
public sealed class TemporaryDirectoryTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("collect")]
    [InlineData("monitor")]
    [InlineData("run")]
    public async Task MissingOne_IsOneLine(string verb)
    {
        RequireLinux();
        string missing = _folder.PathOf("none");
        string output = _folder.PathOf("out.nettrace");
        string[] arguments = verb switch
        {
            "run" => [verb, TargetProgram.Assembly, "-o", _folder.PathOf("run.html"), "--", "exit", "0"],
            _ => [verb, "-o", output, "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "0"],
        };

        await using ToolProcess tool = StartIn(missing, arguments);

        (await tool.EndAsync()).Failed(ExitCode.Session, $"The temporary directory {missing} cannot be used: ");
        Assert.False(File.Exists(output));
    }

    [Fact]
    public async Task OneWithASemicolon_IsReplaced()
    {
        RequireLinux();
        await using ToolProcess tool = StartIn(
            Directory.CreateDirectory(_folder.PathOf("a;b")).FullName,
            "collect", "-o", _folder.PathOf("out.nettrace"), "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "7");

        Assert.Equal(7, (int)(await tool.EndAsync()).Code);
    }

    [Fact]
    public async Task LongOnesOnBothSides_HideNoProcess()
    {
        RequireLinux();
        ProcessStartInfo start = new(TargetProgram.Dotnet, [TargetProgram.Assembly, "spin", "100"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["TMPDIR"] = DirectoryOf(63);
        using Process target = Process.Start(start)!;
        try
        {
            while (await target.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not ("ready" or null))
                Assert.False(target.HasExited);

            await using ToolProcess tool = StartIn(DirectoryOf(107), "ps", "--json");
            ToolRun run = await tool.EndAsync();

            Assert.Equal(ExitCode.Ok, run.Code);
            JsonNode listed = JsonNode.Parse(run.Out)!["processes"]!.AsArray().Single(one => (int?)one!["processId"] == target.Id)!;
            Assert.NotNull((string?)listed["runtimeVersion"]);
        }
        finally
        {
            target.Kill();
        }
    }

    private static void RequireLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "There is procfs on Linux only.");

    private static ToolProcess StartIn(string directory, params string[] arguments) =>
        ToolProcess.StartAs(["env", $"TMPDIR={directory}"], arguments);

    /// <summary>A directory with a path of that many letters.</summary>
    private string DirectoryOf(int letters)
    {
        string path = _folder.Path;
        return Directory.CreateDirectory(Path.Combine(path, new string('d', letters - path.Length - 1))).FullName;
    }
}
