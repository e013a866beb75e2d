using System;
using System.IO;
using System.Threading.Tasks;
using FragGuard.FragTrace.Building;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Building;

/// <summary>Builds small projects of the test's own with the SDK that runs the test.</summary>
public sealed class RulesBuildTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>
          <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        </PropertyGroup></Project>
        """;

    private const string Leak = "System.Buffers.ArrayPool<byte>.Shared.Rent(100)[0] = 1;";

    private readonly string _directory = Directory.CreateTempSubdirectory("fragguard-build-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task ProjectThatKnowsNothingOfUs_IsBuiltWithTheRules()
    {
        BuiltProgram program = await BuildAsync(Project, Leak);

        Assert.True(File.Exists(program.AssemblyPath));
        Assert.Contains("\"FG2001\"", File.ReadAllText(Assert.Single(program.SarifPaths)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpToDateProject_StillYieldsItsFindings()
    {
        await BuildAsync(Project, Leak);

        BuiltProgram again = await BuildAsync(Project, Leak);

        Assert.Single(again.SarifPaths);
    }

    [Fact]
    public async Task CompileError_IsOneLineWithPlaceAndCode()
    {
        var exception = await Assert.ThrowsAsync<FragTraceException>(() => BuildAsync(Project, "return 1 +;"));

        Assert.Equal(ExitCode.Arguments, exception.ExitCode);
        Assert.Contains("Program.cs(1,11): error CS1525", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public async Task ToolWithoutItsRules_SaysSo()
    {
        File.WriteAllText(Path.Combine(_directory, "App.csproj"), Project);
        BuildOptions options = new("Release", null, _directory) { RulesDirectory = Path.Combine(_directory, "none/") };

        var exception = await Assert.ThrowsAsync<FragTraceException>(
            () => RulesBuild.RunAsync(ProgramSource.Find(_directory), options, TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Platform, exception.ExitCode);
        Assert.Contains("The rules are not beside the tool", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_IsRefused()
    {
        string library = Project.Replace("<OutputType>Exe</OutputType>", string.Empty, StringComparison.Ordinal);

        var exception = await Assert.ThrowsAsync<FragTraceException>(() => BuildAsync(library, "class C { }"));

        Assert.Contains("is a library", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenProjectFile_IsOneLine()
    {
        var exception = await Assert.ThrowsAsync<FragTraceException>(() => BuildAsync("<Project", "return;"));

        Assert.Equal(ExitCode.Arguments, exception.ExitCode);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private async Task<BuiltProgram> BuildAsync(string project, string source)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "App.csproj"), project);
        await File.WriteAllTextAsync(Path.Combine(_directory, "Program.cs"), source);
        string findings = Directory.CreateDirectory(Path.Combine(_directory, "findings", Guid.NewGuid().ToString("n"))).FullName;
        return await RulesBuild.RunAsync(
            ProgramSource.Find(_directory), new BuildOptions("Release", null, findings), TestContext.Current.CancellationToken);
    }
}
