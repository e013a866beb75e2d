using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class RegionListsTests
{
    private readonly RegionLists _lists = new();

    [Fact]
    public void ListOfAThread_StaysWhileAFewOthersReport()
    {
        for (int thread = 1; thread <= 8; thread++)
            Report(thread);

        for (int thread = 1; thread <= 8; thread++)
            Assert.Equal([Region(thread)], _lists.Of(thread));
    }

    [Fact]
    public void ListsOfThreads_AreForgotten_HoweverManyReport()
    {
        for (int thread = 1; thread <= 1_000; thread++)
            Report(thread);

        for (int thread = 1; thread <= 1_000 - 8; thread++)
            Assert.Empty(_lists.Of(thread));
        Assert.Equal([Region(1_000)], _lists.Of(1_000));
    }

    [Fact]
    public void ThreadThatReportsAgain_IsNotForgotten()
    {
        for (int thread = 2; thread <= 1_000; thread++)
        {
            Report(1);
            Report(thread);
        }

        Assert.Equal([Region(1)], _lists.Of(1));
    }

    [Fact]
    public void ListThatEnded_GivesWayToTheNextOfItsThread()
    {
        Report(1);
        _lists.Add(1, Region(5));
        _lists.Add(1, Region(6));

        Assert.Equal([Region(5), Region(6)], _lists.Of(1));
    }

    [Fact]
    public void OpenListOfAForgottenThread_IsNoPartOfAnother()
    {
        for (int thread = 1; thread <= 9; thread++)
            _lists.Add(thread, Region(thread));

        Assert.Equal([Region(9)], _lists.Of(9));
    }

    private void Report(int thread)
    {
        _lists.Add(thread, Region(thread));
        _lists.Close(thread);
    }

    private static GenerationExtent Region(int number) => new(2, (ulong)number << 22, 1 << 20, 1 << 22);
}
