using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Sessions;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Tests.Sites;

public sealed class SymbolFoldersTests : IDisposable
{
    private const string Program = "FragGuard.Collector.Tests.Target";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RecordingOfAnotherMachine_FindsItsLinesById_WhateverTheFileIsCalled()
    {
        string recording = await RecordElsewhereAsync();
        string symbols = Directory.CreateDirectory(_folder.File("symbols/deep/down")).FullName;
        File.Copy(PdbHere, Path.Combine(symbols, "renamed.pdb"));

        Assert.False(HasLines(recording));
        Assert.True(HasLines(recording, _folder.File("symbols")));
    }

    [Fact]
    public async Task AssemblyInTheFolder_IsNoPdb()
    {
        string recording = await RecordElsewhereAsync();
        string symbols = Directory.CreateDirectory(_folder.File("symbols")).FullName;
        File.Copy(TargetProgram.Assembly, Path.Combine(symbols, Program + ".dll"));

        Assert.False(HasLines(recording, symbols));
    }

    [Fact]
    public async Task PdbOfAnotherBuild_IsNotTaken_ThoughItHasTheName()
    {
        string recording = await RecordElsewhereAsync();
        string symbols = Directory.CreateDirectory(_folder.File("symbols")).FullName;
        string other = Path.ChangeExtension(typeof(SymbolFoldersTests).Assembly.Location, ".pdb");
        File.Copy(other, Path.Combine(symbols, Program + ".pdb"));
        File.WriteAllText(Path.Combine(symbols, "broken.pdb"), "BSJB, but no more of it");
        File.WriteAllBytes(Path.Combine(symbols, "empty.dll"), []);

        Assert.False(HasLines(recording, symbols));
    }

    [Fact]
    public async Task PathsOfTheRecording_AreNotOpened_WhenFoldersAreNamed()
    {
        string recording = await RecordAsync(TargetProgram.Assembly);
        string empty = Directory.CreateDirectory(_folder.File("empty")).FullName;

        Assert.True(HasLines(recording));
        Assert.False(HasLines(recording, empty));
    }

    [Fact]
    public async Task AssemblyReplacedSinceItWasRecorded_GivesNoLines()
    {
        string assembly = CopyOfProgram();
        string recording = await RecordAsync(assembly);
        File.Copy(typeof(SymbolFoldersTests).Assembly.Location, assembly, overwrite: true);
        File.Copy(
            Path.ChangeExtension(typeof(SymbolFoldersTests).Assembly.Location, ".pdb"),
            Path.ChangeExtension(assembly, ".pdb"), overwrite: true);

        Assert.False(HasLines(recording));
    }

    private static string PdbHere => Path.ChangeExtension(TargetProgram.Assembly, ".pdb");

    private static bool HasLines(string recording, params string[] folders)
    {
        RecordedRun run = RecordingReader.Read(recording, new ReadingOptions { SymbolFolders = folders });
        AllocationSite[] own = [.. run.LargeObjects.Trace.Sites.Where(site => site.Name.Contains("LargeArrays.Make", StringComparison.Ordinal))];
        Assert.NotEmpty(own);
        return own.Any(site => site.Line > 0 && site.File!.EndsWith("LargeArrays.cs", StringComparison.Ordinal));
    }

    private async Task<string> RecordElsewhereAsync()
    {
        string assembly = CopyOfProgram();
        string recording = await RecordAsync(assembly);
        Directory.Delete(Path.GetDirectoryName(assembly)!, recursive: true);
        return recording;
    }

    // The PDB that the assembly names by its path stays where the build put it; the copy must not find it.
    private string CopyOfProgram()
    {
        string elsewhere = Directory.CreateDirectory(_folder.File("elsewhere")).FullName;
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, Program + ".*"))
            File.Copy(file, Path.Combine(elsewhere, Path.GetFileName(file)));
        return Path.Combine(elsewhere, Program + ".dll");
    }

    private async Task<string> RecordAsync(string assembly)
    {
        string file = _folder.File("run.nettrace");
        LaunchCommand command = TargetProgram.Command() with { Arguments = [assembly, "large", "90000", "200000", "300"] };
        await using TraceSession session = await TraceSession.LaunchAsync(command, new RecordingOptions(file, TraceProfile.Run));
        await session.WaitAsync().WaitAsync(Patience);
        return file;
    }
}
