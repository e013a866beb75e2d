using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Live;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>Targets with process ids, temporary directories and mounts of their own, as containers have them.</summary>
public sealed class ContainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("mkdir /tmp/inner; export TMPDIR=/tmp/inner;")]
    [InlineData("d='/tmp/as long as fits, and seen from outside longer than an address'; mkdir \"$d\"; export TMPDIR=\"$d\";")]
    public async Task TargetWithItsOwnRoot_IsListedAndRecorded(string preparation)
    {
        await RequireNamespacesAsync();
        Assert.SkipWhen(
            TargetProgram.Assembly.StartsWith("/tmp/", StringComparison.Ordinal), "The target lies under /tmp, which this namespace hides.");
        using Process outer = Start(
            $"mount -t tmpfs tmpfs /tmp; {preparation} exec \"$0\" \"$@\"", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child");
        try
        {
            Assert.Equal("ready 1", await outer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience));
            TraceableProcess listed = Assert.Single(ProcessList.Scan(), process => ProcessEntry.TryRead(process.ProcessId)?.ParentId == outer.Id);

            Assert.StartsWith($"{Environment.Version.Major}.", listed.RuntimeVersion, StringComparison.Ordinal);
            Assert.EndsWith("spin 100", listed.Command.Line, StringComparison.Ordinal);
            RecordingOptions options = new(_folder.File("run.nettrace"), TraceProfile.ByName("heap"));
            await using TraceSession session = await TraceSession.AttachAsync(listed.ProcessId, options);
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            Recording recording = await session.StopAsync().WaitAsync(Patience);
            RecordedRun run = RecordingReader.Read(recording.File);
            Assert.Equal(1, run.Target.ProcessId);
            Assert.NotEmpty(run.Collections);
            Assert.False(outer.HasExited);
        }
        finally
        {
            outer.Kill();
        }
    }

    [Fact]
    public async Task CommandThatMakesANamespace_IsRecorded_UnderTheIdThatWeSee()
    {
        await RequireNamespacesAsync();
        LaunchCommand direct = TargetProgram.Command("wait", "60");
        LaunchCommand command = direct with
        {
            FileName = "unshare",
            Arguments = ["--pid", "--fork", "--mount-proc", direct.FileName, .. direct.Arguments],
        };

        await using LiveSession session = await LiveSession.LaunchAsync(
            command, new LiveOptions(TraceProfile.ByName("pools")), TestContext.Current.CancellationToken);

        Assert.Equal(session.Target!.CommandProcessId, ProcessEntry.TryRead(session.ProcessId)?.ParentId);
        Assert.EndsWith("wait 60", (await session.CommandAsync()).Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RelativeTemporaryDirectory_IsThatOfTheTarget()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is procfs on Linux only.");
        Directory.CreateDirectory(_folder.File("inner"));
        ProcessStartInfo start = new(TargetProgram.Dotnet, [TargetProgram.Assembly, "spin", "100"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = _folder.File(""),
        };
        start.Environment["TMPDIR"] = "inner";
        using Process target = Process.Start(start)!;
        try
        {
            Assert.Equal("ready 1", await target.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience));

            Assert.Contains(ProcessList.Scan(), process => process.ProcessId == target.Id);
        }
        finally
        {
            target.Kill();
            await target.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task RequireNamespacesAsync()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux makes namespaces for certain.");
        using Process trial = Process.Start("unshare", ["--mount", "--pid", "--fork", "--mount-proc", "true"]);
        await trial.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(trial.ExitCode == 0, "Namespaces are not allowed here.");
    }

    private static Process Start(string script, params string[] namespaces) => Process.Start(new ProcessStartInfo(
        "unshare", [.. namespaces, "sh", "-c", script, TargetProgram.Dotnet, TargetProgram.Assembly, "spin", "100"])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;
}
