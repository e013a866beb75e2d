using System;
using System.IO;
using FragGuard.Inspection.Glibc;
using FragGuard.Simulation.Tests;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>
/// Further versions of glibc: those in the folders that the environment variable FRAGGUARD_GLIBCS lists, separated by
/// colons. A folder holds libc.so.6 and ld-linux-x86-64.so.2, and libpthread.so.0 if the version has one; an unpacked libc6
/// package has them in lib/x86_64-linux-gnu. The system's own version is always among those read.
/// </summary>
public sealed class OtherGlibcTests(ITestOutputHelper output)
{
    private const string Variable = "FRAGGUARD_GLIBCS";
    private const string System = "the system's glibc";
    private const string Loader = "ld-linux-x86-64.so.2";

    public static TheoryData<string> Glibcs()
    {
        TheoryData<string> glibcs = new(System);
        foreach (string folder in (Environment.GetEnvironmentVariable(Variable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            glibcs.Add(folder);
        return glibcs;
    }

    [Theory, MemberData(nameof(Glibcs))]
    public void Totals_AreThoseOfTheProgramItself(string glibc)
    {
        foreach ((string program, int arenas) in new[]
        {
            (MallocPrograms.Threaded, 7), (MallocPrograms.ForeignBreak, 1), (MallocPrograms.BlockedBreak, 1),
        })
        {
            using MallocProgram child = MallocProgram.Start(program, null, Linking(glibc));
            GlibcSnapshot snapshot = child.RequireSame(arenas);
            output.WriteLine($"{program}: {snapshot.Versions}; {snapshot.Counts}");
        }
    }

    [Theory, MemberData(nameof(Glibcs))]
    public void FreedBlocks_AreFoundInTheThreadsCache(string glibc)
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Single, null, Linking(glibc));
        ChunkCounts before = child.Read().Counts;

        child.Ask("free 200 5");
        child.Ask("free 1000 3");
        ChunkCounts after = child.Read().Counts;

        Assert.Equal(8, after.ThreadCacheChunks - before.ThreadCacheChunks);
        Assert.Equal((5 * 208) + (3 * 1008), after.ThreadCacheBytes - before.ThreadCacheBytes);
        Assert.Equal(before.UsedBytes, after.UsedBytes);
    }

    [Theory, MemberData(nameof(Glibcs))]
    public void Trim_ReturnsWhatWasPredicted(string glibc)
    {
        using MallocProgram child = MallocProgram.Start(MallocPrograms.Threaded, null, Linking(glibc));
        GlibcSnapshot before = child.Read();

        child.Ask("trim");
        GlibcSnapshot after = child.Read();

        Assert.NotEqual(0, before.Resident.TrimmableBytes);
        Assert.Equal(before.Resident.TrimmableBytes, before.Resident.ResidentBytes - after.Resident.ResidentBytes);
    }

    private static string[] Linking(string glibc)
    {
        if (glibc is System)
            return [];
        LivePrograms.Needs(Directory.Exists(glibc), $"{Variable} lists {glibc}, which is no folder.");
        string threads = Path.Combine(glibc, "libpthread.so.0");
        return
        [
            "-DOWN_START", "-nostartfiles", "-nodefaultlibs", "-Wl,--no-as-needed", Path.Combine(glibc, "libc.so.6"),
            .. File.Exists(threads) ? [threads] : Array.Empty<string>(), Path.Combine(glibc, Loader),
            "-Wl,--dynamic-linker=" + Path.Combine(glibc, Loader), "-Wl,-rpath=" + glibc,
        ];
    }
}
