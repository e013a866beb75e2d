using System;
using System.IO;
using FragGuard.FragTrace.Building;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Building;

public sealed class ProgramSourceTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fragguard-source-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void FolderWithOneProject_IsThatProject()
    {
        string project = Touch("App.csproj");

        Assert.Equal(new ProgramSource(project), ProgramSource.Find(_directory));
        Assert.True(ProgramSource.Find(_directory).IsProject);
    }

    [Fact]
    public void FolderWithTwoProjects_IsRefused()
    {
        Touch("App.csproj");
        Touch("Other.csproj");

        Refused(_directory, "2 projects");
    }

    [Fact]
    public void FolderWithoutProject_IsRefused() => Refused(_directory, "no C# project");

    [Fact]
    public void Assembly_IsNoProject() => Assert.False(ProgramSource.Find(Touch("App.dll")).IsProject);

    [Fact]
    public void OtherFile_IsRefused() => Refused(Touch("App.txt"), "neither");

    [Fact]
    public void NothingThere_IsRefused() => Refused(Path.Combine(_directory, "missing"), "does not exist");

    private static void Refused(string named, string because)
    {
        var exception = Assert.Throws<FragTraceException>(() => ProgramSource.Find(named));
        Assert.Equal(ExitCode.Arguments, exception.ExitCode);
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }

    private string Touch(string name)
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllText(path, string.Empty);
        return path;
    }
}
