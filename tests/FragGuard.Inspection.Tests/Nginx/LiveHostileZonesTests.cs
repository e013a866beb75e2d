using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>Real processes that hold a forged zone, take it away, rewrite it, or end while it is read.</summary>
public sealed class LiveHostileZonesTests(ITestOutputHelper output)
{
    private const int Readings = 200;

    [Theory]
    [InlineData("anonymous")]
    [InlineData("memfd")]
    [InlineData("sysv")]
    [InlineData("file")]
    public void SharedMemoryOfEveryKind_IsLookedAt(string kind)
    {
        ForgedZone forged = Forged();
        using ZoneHolder holder = new(kind, forged.Bytes);

        SlabZone zone = Assert.Single(Read(holder.ProcessId));

        Assert.False(zone.Reading.IsTorn);
        Assert.Equal(forged.Used, zone.Classes.Select(row => row.Used));
        Assert.Equal(forged.Entries.Count, zone.Dict!.Entries.Count);
    }

    [Fact]
    public void ProcessWithoutZones_SaysSo()
    {
        using ZoneHolder holder = new("-", []);

        InspectionException exception = Assert.Throws<InspectionException>(() => Read(holder.ProcessId));

        Assert.Equal(InspectionFailure.NotFound, exception.Failure);
        Assert.Contains("no zones", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Empty, as nginx leaves a zone that it has just made; memory that nobody touched costs nothing.</summary>
    [Fact]
    public void ZoneOfMorePagesThanAreRead_IsSaidToBeLeftOut()
    {
        using ChildProgram child = ChildProgram.Compile(
            """
            #define _GNU_SOURCE
            #include <stdint.h>
            #include <stdio.h>
            #include <sys/mman.h>
            #include <unistd.h>

            int main(void)
            {
                uint64_t pages = (1 << 23) + 1, heads = 200, counts = heads + 9 * 24, records = counts + 9 * 32;
                uint64_t last = records + 24 * pages, start = (last + 4095) / 4096 * 4096, end = start + 4096 * pages;
                int file = memfd_create("zone", 0);
                if (ftruncate(file, end)) return 1;
                char *zone = mmap(0, end, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file, 0);
                if (zone == MAP_FAILED) return 2;
                uint64_t base = (uint64_t)zone;
                struct { uint64_t at, word; } words[] = {
                    { 16, 8 }, { 24, 3 }, { 32, base + records }, { 40, base + last }, { 56, base + records }, { 64, base + records },
                    { 72, base + counts }, { 80, pages }, { 88, base + start }, { 96, base + end }, { 192, base },
                    { records, pages }, { records + 8, base + 48 }, { records + 16, base + 48 },
                };
                for (int i = 0; i < sizeof words / sizeof *words; i++)
                    *(uint64_t *)(zone + words[i].at) = words[i].word;
                puts("ready");
                fflush(stdout);
                getchar();
            }
            """);
        Assert.Equal("ready", child.ReadLine());

        InspectionException exception = Assert.Throws<InspectionException>(() => Read(child.ProcessId));

        Assert.Equal(InspectionFailure.NotFound, exception.Failure);
        Assert.Contains("1 slab zone of nginx, which was left out", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Each mapping is looked for among those of each relative.</summary>
    [Fact]
    public void ManyMappingsOfManyRelatives_TakeNotMuchLongerThanThoseOfOne()
    {
        using ChildProgram child = ChildProgram.Compile(
            """
            #define _GNU_SOURCE
            #include <signal.h>
            #include <stdio.h>
            #include <sys/mman.h>
            #include <sys/prctl.h>
            #include <unistd.h>

            int main(void)
            {
                int file = memfd_create("shared", 0);
                if (ftruncate(file, 4096)) return 1;
                for (int i = 0; i < 30000; i++)
                    if (mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) == MAP_FAILED) return 2;
                puts("alone");
                fflush(stdout);
                getchar();
                for (int i = 0; i < 16; i++)
                    if (!fork()) {
                        prctl(PR_SET_PDEATHSIG, SIGKILL);
                        pause();
                    }
                puts("with others");
                fflush(stdout);
                getchar();
            }
            """);
        Assert.Equal("alone", child.ReadLine());
        TimeSpan alone = TimeToRead();
        child.WriteLine("");
        Assert.Equal("with others", child.ReadLine());

        TimeSpan withOthers = TimeToRead();

        output.WriteLine($"Alone {alone}, with others {withOthers}");
        Assert.InRange(withOthers, TimeSpan.Zero, 8 * alone);

        // The better one of two, since other work may take turns with one.
        TimeSpan TimeToRead() => Enumerable.Range(0, 2).Min(_ =>
        {
            long start = Stopwatch.GetTimestamp();
            Assert.Throws<InspectionException>(() => Read(child.ProcessId));
            return Stopwatch.GetElapsedTime(start);
        });
    }

    [Fact]
    public void ZoneUnmappedWhileItIsRead_IsReadOrMissing()
    {
        using ZoneHolder holder = new("anonymous", Forged().Bytes);
        holder.Do('u');

        for (int i = 0; i < Readings; i++)
            ReadOrFail(holder.ProcessId, InspectionFailure.NotFound);

        holder.Do('n');
        Assert.Single(Read(holder.ProcessId));
    }

    [Fact]
    public void ZoneRewrittenWhileItIsRead_NeverHurts()
    {
        using ZoneHolder holder = new("anonymous", Forged().Bytes);
        holder.Do('w');

        for (int i = 0; i < Readings; i++)
            ReadOrFail(holder.ProcessId, InspectionFailure.NotFound);
    }

    [Fact]
    public async Task ProcessThatEndsWhileItIsRead_IsOneClearError()
    {
        using ZoneHolder holder = new("anonymous", Forged().Bytes);
        using InspectedProcess process = InspectedProcess.Open(holder.ProcessId);
        using Barrier started = new(2);
        Task<InspectionException> reading = Task.Run(() =>
        {
            NginxZones.Read(process);
            started.SignalAndWait();
            while (true)
            {
                try
                {
                    NginxZones.Read(process);
                }
                catch (InspectionException exception)
                {
                    return exception;
                }
            }
        });

        started.SignalAndWait();
        holder.Program.Kill();
        InspectionException exception = await reading.WaitAsync(Patience);

        Assert.Equal(InspectionFailure.NoProcess, exception.Failure);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static ForgedZone Forged() => new(new Random(11), true, true, 12, pages: 200);

    private static IReadOnlyList<SlabZone> Read(int processId)
    {
        using InspectedProcess process = InspectedProcess.Open(processId);
        return NginxZones.Read(process).Zones;
    }

    private static void ReadOrFail(int processId, InspectionFailure failure)
    {
        try
        {
            foreach (SlabZone zone in Read(processId))
                Assert.InRange(zone.Reading.UnparsedShare, 0, 1);
        }
        catch (InspectionException exception)
        {
            Assert.Equal(failure, exception.Failure);
        }
    }
}
