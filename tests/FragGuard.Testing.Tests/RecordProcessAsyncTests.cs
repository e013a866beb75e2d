using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace FragGuard.Testing.Tests;

public sealed class RecordProcessAsyncTests : IDisposable
{
    private static readonly string Target = Path.Combine(AppContext.BaseDirectory, "FragGuard.Testing.Tests.Target.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fragguard-testing-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("holes", true)]
    [InlineData("none", false)]
    public async Task Assembly_IsMeasured(string holes, bool isCaught)
    {
        FragmentationRun run = await FragmentationRecorder.RecordProcessAsync(Target, [holes, "7"], In("a"), TestContext.Current.CancellationToken);

        Assert.Equal(7, run.ExitCode);
        Assert.Equal(isCaught, Record.Exception(() => run.AssertBelow("loh.fragmentation", 0.2)) is FragmentationAssertException);
        Assert.Throws<FragmentationRefusedException>(() => run.AssertNoConfirmedFinding());
        Assert.Equal(Path.Combine(_folder.FullName, "a.html"), run.ReportFile);
        Assert.All(run.Files, file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public async Task StartInfo_GivesArgumentsFolderAndEnvironment()
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.GetFileName(Target), "holes", "7"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["FRAGGUARD_TEST_WORD"] = "word";

        FragmentationRun run = await FragmentationRecorder.RecordProcessAsync(start, In("b"), TestContext.Current.CancellationToken);

        Assert.Equal(7, run.ExitCode);
        Assert.Throws<FragmentationAssertException>(() => run.AssertBelow("loh.fragmentation", 0.2));
    }

    [Fact]
    public async Task ProgramOfTheCurrentDirectory_IsFoundWhereverItRuns()
    {
        DirectoryInfo here = Directory.CreateDirectory(Path.GetRandomFileName());
        try
        {
            string program = Path.Combine(here.Name, Path.GetFileName(ScriptedTool.Of(here, $"exec dotnet '{Target}' none 5")));
            ProcessStartInfo start = new(program) { WorkingDirectory = _folder.FullName };

            FragmentationRun run = await FragmentationRecorder.RecordProcessAsync(start, In("e"), TestContext.Current.CancellationToken);

            Assert.Equal(5, run.ExitCode);
        }
        finally
        {
            here.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ConfirmedFinding_FailsWithItsPlace()
    {
        string project = _folder.CreateSubdirectory("App").FullName;
        File.WriteAllText(Path.Combine(project, "App.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
        File.WriteAllText(Path.Combine(project, "Program.cs"), "System.Buffers.ArrayPool<byte>.Shared.Rent(100)[0] = 1;");

        FragmentationRun run = await FragmentationRecorder.RecordProcessAsync(project, [], In("c"), TestContext.Current.CancellationToken);

        run.AssertNoConfirmedFinding("FG2002");
        FragmentationAssertException failure = Assert.Throws<FragmentationAssertException>(() => run.AssertNoConfirmedFinding());
        Assert.Contains("Program.cs(1): FG2001:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramThatIsMissing_SaysSo() => Assert.Contains(
        "does not exist",
        (await Assert.ThrowsAsync<FragmentationToolException>(() => FragmentationRecorder.RecordProcessAsync(
            Path.Combine(_folder.FullName, "none"), [], In("d"), TestContext.Current.CancellationToken))).Message,
        StringComparison.Ordinal);

    private RecorderOptions In(string name) => new() { Folder = _folder.FullName, Name = name };
}
