using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Nginx;

/// <summary>Real processes that hold a forged zone, take it away, rewrite it, or end while it is read.</summary>
public sealed class LiveHostileZonesTests
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
