using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>Which programs are asked for memory pools of ASP.NET Core.</summary>
public sealed class AspNetCoreTests : IDisposable
{
    private const string Shell = "/bin/sh";
    private const string Web = """{ "runtimeOptions": { "frameworks": [ { "name": "Microsoft.AspNetCore.App", "version": "10.0.0" } ] } }""";
    private const string Plain = """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" } } }""";

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _programs = [];

    public void Dispose()
    {
        foreach (Process program in _programs)
        {
            program.Kill();
            program.Dispose();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData(Web, true)]
    [InlineData(Plain, false)]
    public void ConfigurationBesideAHost_Tells(string config, bool may)
    {
        File.WriteAllText(_folder.File("app.runtimeconfig.json"), config);

        Assert.Equal(may, MayBeIn("app"));
    }

    [Theory]
    [InlineData(Web, true)]
    [InlineData(Plain, false)]
    public void ConfigurationBesideAnAssembly_Tells_FromTheProgramsOwnFolder(string config, bool may)
    {
        File.WriteAllText(_folder.File("app.runtimeconfig.json"), config);

        Assert.Equal(may, MayBeIn("dotnet", "app.dll"));
        Assert.Equal(may, MayBeIn("dotnet", _folder.File("app.dll")));
    }

    [Theory]
    [InlineData(Web, true)]
    [InlineData(Plain, false)]
    public void ConfigurationNamedByAnOption_Tells(string config, bool may)
    {
        File.WriteAllText(_folder.File("other.json"), config);

        Assert.Equal(may, MayBeIn("dotnet", "--runtimeconfig", "other.json", "app.dll"));
    }

    [Fact]
    public void WithoutConfiguration_OnlyTheHostOfTheSdkIsKnownNotToServe()
    {
        Assert.False(MayBeIn("dotnet", "build"));
        Assert.False(MayBeIn("dotnet", "--runtimeconfig"));
        Assert.True(MayBeIn("nativeCode"));
    }

    [Theory]
    [InlineData(Web, Plain, true)]
    [InlineData(Plain, Web, false)]
    public void ConfigurationInAProgramOfOneFile_TellsMoreThanOneBesideIt(string inside, string beside, bool may)
    {
        RequireLinux();
        File.WriteAllText(_folder.File("app.runtimeconfig.json"), beside);
        byte[] program = new HandmadeBundle(inside).Behind(File.ReadAllBytes(Shell));

        Assert.Equal(may, MayBeIn(program, "app"));
    }

    [Theory]
    [InlineData("app.runtimeconfig.json", "app.runtimeconfig.json")]
    [InlineData("pipe", "app.runtimeconfig.json")]
    public async Task ConfigurationThatIsAPipe_HoldsNobodyUp(string pipe, string config)
    {
        RequireLinux();
        using (Process made = Process.Start("mkfifo", [_folder.File(pipe)]))
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (!File.Exists(_folder.File(config)))
            File.CreateSymbolicLink(_folder.File(config), pipe);

        Assert.True(await Task.Run(() => MayBeIn("app"), TestContext.Current.CancellationToken).WaitAsync(Patience));
    }

    [Fact]
    public void ConfigurationBehindALink_Tells()
    {
        RequireLinux();
        File.WriteAllText(_folder.File("real.json"), Plain);
        File.CreateSymbolicLink(_folder.File("app.runtimeconfig.json"), "real.json");

        Assert.False(MayBeIn("app"));
    }

    [Fact]
    public void MappedAssembly_TellsMoreThanAConfiguration()
    {
        File.WriteAllText(_folder.File("Microsoft.AspNetCore.Server.runtimeconfig.json"), Plain);

        Assert.True(MayBeIn("Microsoft.AspNetCore.Server"));
    }

    [Fact]
    public void ProcessThatIsNotThere_MayBeAnything() => Assert.True(AspNetCore.MayBeIn(int.MaxValue));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServerIsTold_BeforeItsFirstStep(bool isInOneFile)
    {
        RequireLinux();
        LaunchCommand command = isInOneFile
            ? TargetProgram.CommandInOneFile(TargetProgram.ServerInOneFile, "60")
            : TargetProgram.Command() with { Arguments = [TargetProgram.Server, "60"] };
        await using LaunchedTarget target = await TargetLauncher.LaunchAsync(command, TestContext.Current.CancellationToken);

        Assert.True(AspNetCore.MayBeIn(target.Port.ProcessId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OtherProgram_IsNotAskedForMetrics(bool isInOneFile)
    {
        RequireLinux();
        RecordingOptions options = new(_folder.File("run.nettrace"), TraceProfile.ByName("pools"));
        await using TraceSession session = await TraceSession.LaunchAsync(Doze(2_500, isInOneFile), options);
        Recording recording = await session.WaitAsync().WaitAsync(Patience);

        const int CollectionStop = 3;
        Assert.Equal(0, RecordedEvents.Count(recording.File, MemoryPoolFeed.Provider, CollectionStop));
    }

    /// <summary>
    /// When the first reading of metrics was due, such a program hung at its end for ever. The moment depends on the machine:
    /// of these, asked for metrics, some always met it.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProgramThatEndsOneSecondAfterTheSessionBegan_Ends(bool isInOneFile)
    {
        RequireLinux();
        foreach (int[] together in Enumerable.Range(0, 24).Select(static i => 940 + (8 * i)).Chunk(4))
        {
            RecordingEnd[] ends = await Task.WhenAll(together.Select(milliseconds => DozeAsync(milliseconds, isInOneFile)));
            Assert.All(ends, static end => Assert.Equal(RecordingEnd.TargetExited, end));
        }
    }

    private static void RequireLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "There is procfs on Linux only.");

    private static LaunchCommand Doze(int milliseconds, bool isInOneFile) => isInOneFile
        ? TargetProgram.CommandInOneFile(TargetProgram.InOneFile, "doze", $"{milliseconds}")
        : TargetProgram.Command("doze", $"{milliseconds}");

    private async Task<RecordingEnd> DozeAsync(int milliseconds, bool isInOneFile)
    {
        RecordingOptions options = new(_folder.File($"{milliseconds}.nettrace"), TraceProfile.ByName("pools"));
        await using TraceSession session = await TraceSession.LaunchAsync(Doze(milliseconds, isInOneFile), options);
        Recording recording = await session.WaitAsync().WaitAsync(Patience);
        await session.Target!.Exit.WaitAsync(Patience);
        return recording.End;
    }

    // A shell of another name, which waits and takes what follows for its own arguments.
    private bool MayBeIn(string name, params string[] arguments)
    {
        RequireLinux();
        return MayBeIn(File.ReadAllBytes(Shell), name, arguments);
    }

    private bool MayBeIn(byte[] shell, string name, params string[] arguments)
    {
        string program = _folder.File(name);

        // A copy may be executed, whatever is written into it.
        File.Delete(program);
        File.Copy(File.ResolveLinkTarget(Shell, returnFinalTarget: true)?.FullName ?? Shell, program);
        using (FileStream file = new(program, FileMode.Open))
            file.Write(shell);
        ProcessStartInfo start = new(program, ["-c", "echo; read line", .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process process = Process.Start(start)!;
        _programs.Add(process);
        process.StandardOutput.ReadLine();
        return AspNetCore.MayBeIn(process.Id);
    }
}
