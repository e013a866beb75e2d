using System.Threading.Tasks;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Tests.Events;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class LiveAnalysisTests
{
    private static readonly byte[] Whole =
        new RecordingBytes().Kind(7, 70).Events(new HandmadeEvent(7, 1, 1, 10) { IsSorted = true }).End().ToArray();

    [Fact]
    public async Task StreamWithItsEnd_IsCompletelyAnalysed() => Assert.Equal((true, 1L), await AnalyseAsync(Whole));

    [Fact]
    public async Task StreamThatIsCut_IsNot() => Assert.Equal((false, 1L), await AnalyseAsync(Whole[..^1]));

    [Fact]
    public async Task DamagedStream_IsNot() => Assert.Equal((false, 1L), await AnalyseAsync([.. Whole[..^1], .. new byte[1_000]]));

    [Fact]
    public async Task StreamThatIsNone_IsNot() => Assert.Equal((false, 0L), await AnalyseAsync(new byte[1_000]));

    private static async Task<(bool IsComplete, long Events)> AnalyseAsync(byte[] bytes)
    {
        using LiveAnalysis live = new();
        live.Feed(bytes);
        await live.CompleteAsync(Patience);
        return (live.Figures.IsAnalysisComplete, live.Figures.Events);
    }
}
