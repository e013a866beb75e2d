using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Inspection.Breakdown;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;
using FragGuard.Inspection.Tests.Breakdown;
using FragGuard.Inspection.Tests.Glibc;

namespace FragGuard.Inspection.Tests.Undisturbed;

/// <summary>A server with a heap of glibc's that answers requests while it is read a hundred times.</summary>
public sealed class HundredReadingsTests(ITestOutputHelper output)
{
    private const int Reads = 100;

    /// <summary>A machine that stands still for seconds stops the server too; readings that do, do it each time.</summary>
    private const int Attempts = 3;

    [Fact]
    public Task Arenas_AreReadWhileTheServerGoesOn() => ReadAsync(process =>
    {
        GlibcSnapshot? snapshot = GlibcInspection.Read(process);
        Assert.NotNull(snapshot);
        Assert.Equal(4, snapshot.Arenas.Count);
        return snapshot.IsConsistent;
    });

    [Fact]
    public Task Memory_IsReadWhileTheServerGoesOn() => ReadAsync(process =>
    {
        ProcessBreakdown breakdown = BreakdownReader.Read(process, []);
        Assert.True(breakdown.Resident(PartKind.Arenas) > 0);
        return breakdown.DriftBytes == 0;
    });

    /// <param name="read">Reads it once; false when what was read moved meanwhile.</param>
    private async Task ReadAsync(Func<InspectedProcess, bool> read)
    {
        for (int i = 1; i < Attempts; i++)
        {
            (RequestTimes with, RequestTimes without) = await TimesOfAsync(read);
            if (with.WentOnBesides(without))
                return;
        }

        (RequestTimes last, RequestTimes besides) = await TimesOfAsync(read);
        last.RequireNotStoppedBesides(besides);
    }

    private async Task<(RequestTimes With, RequestTimes Without)> TimesOfAsync(Func<InspectedProcess, bool> read)
    {
        using ChildProgram server = ChildProgram.Compile(MallocPrograms.SourceOf(MallocPrograms.Server));
        Assert.Equal("ready", server.ReadLine());
        RequestTimes without = await TimesAsync(server, () => Thread.Sleep(1_000));
        using ProcessStates states = new(server.ProcessId);
        List<bool> whole = [];

        RequestTimes with = await TimesAsync(server, () =>
        {
            for (int i = 0; i < Reads; i++)
            {
                using InspectedProcess process = InspectedProcess.Open(server.ProcessId);
                whole.Add(read(process));
            }
        });

        await states.RequireNeverStoppedAsync();
        output.WriteLine($"without: {without}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"with {Reads} readings, {whole.Count(each => each)} of one moment: {with}"));
        return (with, without);
    }

    private static Task<RequestTimes> TimesAsync(ChildProgram server, Action meanwhile) => RequestTimes.WhileAsync(meanwhile, clients: 1, () =>
    {
        server.WriteLine("");
        Assert.Equal("served", server.ReadLine());
    });
}
