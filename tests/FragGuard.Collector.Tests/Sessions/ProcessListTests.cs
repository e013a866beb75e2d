using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Live;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class ProcessListTests
{
    [Fact]
    public async Task RunningTarget_IsListed_WithItsRuntime()
    {
        using TemporaryFolder folder = new();
        await using TraceSession session = await TraceSession.LaunchAsync(
            TargetProgram.Command("wait", "60"), new RecordingOptions(folder.File("run.nettrace"), TraceProfile.ByName("heap")));

        // On a busy machine a runtime may not answer in time.
        TraceableProcess listed = Listed(session.ProcessId);
        for (int i = 0; i < 10 && listed.RuntimeVersion is null; i++)
            listed = Listed(session.ProcessId);

        Assert.Contains("Tests.Target.dll wait 60", listed.Command.Line, StringComparison.Ordinal);
        Assert.StartsWith($"{Environment.Version.Major}.", listed.RuntimeVersion, StringComparison.Ordinal);
        Assert.EndsWith("dotnet", listed.MainModulePath, StringComparison.Ordinal);
        Assert.False(listed.IsOtherUser);
        Assert.Contains(ProcessList.ByName("fragguard.collector.tests.target"), one => one.ProcessId == session.ProcessId);
    }

    [Fact]
    public async Task ProgramIsFoundByItsOwnName_NotByAnArgument()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a program in a folder with a space is named as its runtime does.");
        using TemporaryFolder folder = new();
        string home = Directory.CreateDirectory(folder.File("My Shop")).FullName;
        File.Copy(TargetProgram.Assembly, Path.Combine(home, "My Shop.dll"));
        File.Copy(Path.ChangeExtension(TargetProgram.Assembly, "runtimeconfig.json"), Path.Combine(home, "My Shop.runtimeconfig.json"));
        LaunchCommand command = TargetProgram.Command() with
        {
            Arguments = ["exec", "--roll-forward", "Major", Path.Combine(home, "My Shop.dll"), "wait", "60", "Argument.dll"],
        };
        await using LiveSession session = await LiveSession.LaunchAsync(command, new LiveOptions(TraceProfile.ByName("heap")));

        Assert.Contains(ProcessList.ByName("my shop"), one => one.ProcessId == session.ProcessId);
        Assert.Equal("My Shop", (await session.CommandAsync()).ProgramName);
        Assert.DoesNotContain(ProcessList.ByName("wait"), one => one.ProcessId == session.ProcessId);
        Assert.DoesNotContain(ProcessList.ByName("Argument"), one => one.ProcessId == session.ProcessId);
    }

    [Fact]
    public void OwnProcess_IsNotListed() =>
        Assert.DoesNotContain(ProcessList.Scan(), process => process.ProcessId == Environment.ProcessId);

    [Fact]
    public void StaleSocket_IsNotListed()
    {
        string stale = Path.Combine(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-1-socket");
        File.WriteAllText(stale, "");
        try
        {
            Assert.DoesNotContain(ProcessList.Scan(), process => process.ProcessId == Environment.ProcessId);
            Assert.Null(new SocketCatalogue().Find(Path.GetTempPath(), Environment.ProcessId, startTicks: 2));
        }
        finally
        {
            File.Delete(stale);
        }
    }

    [Theory]
    [InlineData("/tmp/dotnet-diagnostic-12-345-socket", 12, 345)]
    [InlineData("dotnet-diagnostic-12", 12, 0)]
    public void SocketName_TellsProcessAndStart(string path, int processId, long key)
    {
        DiagnosticSocket? socket = DiagnosticSocket.TryParse(path);

        Assert.NotNull(socket);
        Assert.Equal((processId, key), (socket.ProcessId, socket.Key));
    }

    [Theory]
    [InlineData("/tmp/dotnet-diagnostic-x-345-socket")]
    [InlineData("/tmp/dotnet-diagnostic-12-345-other")]
    [InlineData("/tmp/clr-debug-pipe-12-345-in")]
    public void OtherNames_AreNoSockets(string path) => Assert.Null(DiagnosticSocket.TryParse(path));

    private static TraceableProcess Listed(int processId) => ProcessList.Scan().Single(process => process.ProcessId == processId);
}
