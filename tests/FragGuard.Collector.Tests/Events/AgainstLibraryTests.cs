using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Tests.Events;

/// <summary>The same recordings through our reader and the library of the format's owners.</summary>
public sealed class AgainstLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("heap", "large", "90000", "200000", "2000")]
    [InlineData("layout", "large", "90000", "200000", "2000")]
    [InlineData("full", "large", "90000", "200000", "500")]
    [InlineData("pools", "rents", "50000")]
    [InlineData("run", "rents", "50000")]
    [InlineData("run", "cache")]
    public async Task AllEvents_AreTheSame_InTheSameOrderOfTime(string profile, params string[] workload)
    {
        string file = await RecordedFile.OfAsync(_folder.File("run.nettrace"), TraceProfile.ByName(profile), workload);
        LibraryEvents library = LibraryEvents.Read(file);
        (List<SeenEvent> events, ReadingState state) = Read(file, library);

        Assert.Equal(TraceProfile.ByName(profile).HasRundown, events.Exists(one => one.Stack != 0));
        Assert.Null(state.Damage);
        Assert.Equal(0, state.StacksMissing);
        Assert.Equal(0, state.EventsLost);
        Assert.Equal(0, library.Lost);
        AssertSame(library.Events, events);
    }

    [Fact]
    public async Task LossyRecording_IsTheSame_ButForEventsLostBeforeTheFirstOfAThread()
    {
        string file = await RecordedFile.OfAsync(
            _folder.File("lossy.nettrace"), TraceProfile.Run, ["rents", "100000"], bufferMegabytes: 1);
        LibraryEvents library = LibraryEvents.Read(file);
        (List<SeenEvent> events, ReadingState state) = Read(file, library);

        // Every thread counts from 1; the library starts a thread at the first number it sees.
        AssertSame(library.Events, events);
        Assert.True(library.Lost > 0, "nothing was lost");
        Assert.True(state.EventsLost >= library.Lost, $"{state.EventsLost} lost, {library.Lost} by the library");
        Assert.True(state.EventsLost + state.Events >= 200_000, $"{state.Events} + {state.EventsLost} of 200,000 or more");
    }

    private static (List<SeenEvent> Events, ReadingState State) Read(string file, LibraryEvents library)
    {
        using FileStream stream = File.OpenRead(file);
        return Readings.Read(stream, library.Kinds);
    }

    private static void AssertSame(List<SeenEvent> expected, List<SeenEvent> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Select(one => one.TimeNs), actual.Select(one => one.TimeNs));
        Assert.Equal(Comparable(expected), Comparable(actual));
    }

    // Events of one moment have no order of their own.
    private static IEnumerable<SeenEvent> Comparable(IEnumerable<SeenEvent> events) => events
        .Select(one => LibraryEvents.HidesStack(one) ? one with { Stack = 0 } : one)
        .OrderBy(one => one.TimeNs).ThenBy(one => one.Thread).ThenBy(one => one.Id).ThenBy(one => one.Payload)
        .ThenBy(one => one.Provider, StringComparer.Ordinal);
}
