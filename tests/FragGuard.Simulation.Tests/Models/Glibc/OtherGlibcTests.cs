using System;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Tests.Fidelity;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>
/// The model against further versions of glibc: those in the folders that the environment variable FRAGGUARD_GLIBCS
/// lists, separated by colons. A folder holds libc.so.6 and ld-linux-x86-64.so.2, and libpthread.so.0 if the version has
/// one; an unpacked libc6 package has them in lib/x86_64-linux-gnu. The system's own version is always among those compared.
/// </summary>
public sealed class OtherGlibcTests(ITestOutputHelper output)
{
    private const string Variable = "FRAGGUARD_GLIBCS";
    private const string System = "the system's glibc";
    private const int Operations = 100_000;

    public static TheoryData<string> Glibcs() => new(
        (Environment.GetEnvironmentVariable(Variable) ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Prepend(System));

    [Theory, MemberData(nameof(Glibcs))]
    public void EveryMix_IsExact(string glibc)
    {
        bool isSystem = glibc is System;
        Assert.True(isSystem || Directory.Exists(glibc), $"{Variable} lists {glibc}, which is no folder.");
        using GlibcDriver driver = new(isSystem ? null : glibc);
        int minor = 0;
        long compared = 0;
        ulong seed = 60;
        foreach ((string name, GlibcMix mix) in GlibcMixes.ByName)
        {
            foreach ((int threads, GlibcOperationKind checkpoint) in new[]
            {
                (1, GlibcOperationKind.Info), (5, GlibcOperationKind.Info), (1, GlibcOperationKind.Resident),
            })
            {
                GlibcOperation[] operations = GlibcStreams.Random(++seed, mix, Operations, threads, checkpoint);
                GlibcResults results = driver.Play(
                    operations, fills: checkpoint == GlibcOperationKind.Resident, tunables: "glibc.malloc.arena_max=3");
                minor = results.Minor;
                GlibcComparison comparison = new(GlibcOfTheSystem.ModelOf(results, ("arena_max", "3")), results);
                comparison.Play(operations);
                Assert.True(
                    comparison.Differences == 0,
                    $"{name}, {threads} threads, seed {seed}, glibc 2.{minor}: {comparison.Differences} differences; "
                    + comparison.FirstDifference);
                compared += comparison.Compared;
            }
        }

        FidelityResults.Exact(
            output, "glibc", isSystem ? "every mix, one and five threads" : $"every mix, one and five threads, on 2.{minor}",
            GlibcComparison.Text($"glibc 2.{minor}"), compared, "addresses, fields of mallinfo2 and page counts", 0);
    }
}
