using FragGuard.Collector.Events;

namespace FragGuard.Collector.Tests.Events;

public sealed class LossCountTests
{
    private readonly LossCount _loss = new();

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(1, 1, 3, 4)]
    [InlineData(2, 3, 4, 5)]
    [InlineData(4, 1, 4, 7)]
    public void GapsBetweenNumbers_AreLost(long lost, params int[] numbers)
    {
        foreach (int number in numbers)
            _loss.Saw(5, (uint)number);

        Assert.Equal(lost, _loss.Lost);
    }

    [Fact]
    public void ThreadsThatTakeTurns_CountForThemselves()
    {
        _loss.Saw(5, 1);
        _loss.Saw(6, 1);
        _loss.Saw(5, 2);
        _loss.Saw(6, 4);

        Assert.Equal(2, _loss.Lost);
    }

    [Fact]
    public void NumberThatGoesBackToOne_IsANewThread()
    {
        _loss.Saw(5, 1);
        _loss.Saw(5, 2);
        _loss.Saw(5, 1);

        Assert.Equal(0, _loss.Lost);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void NumberThatNoThreadHasTwice_HidesNoLoss(uint number)
    {
        _loss.Saw(5, 1);
        _loss.Saw(5, 11);
        for (int i = 0; i < 9; i++)
            _loss.Saw(6, number);

        Assert.Equal(9, _loss.Lost);
    }

    [Fact]
    public void SequencePoint_TellsOfThreadsThatLostAllTheyHad()
    {
        _loss.Saw(5, 1);
        Point((5, 4), (6, 2));
        _loss.Saw(5, 5);
        _loss.Saw(6, 3);

        Assert.Equal(5, _loss.Lost);
    }

    [Fact]
    public void ThreadsThatEnded_AreForgotten_AndTheOthersAreNot()
    {
        for (int thread = 1; thread <= 70_000; thread++)
            _loss.Saw(thread, 1);
        Point((5, 1), (70_000, 1));
        _loss.Saw(5, 3);
        _loss.Saw(70_000, 2);
        _loss.Saw(6, 1);

        Assert.Equal(1, _loss.Lost);
    }

    private void Point(params (long Thread, uint Number)[] threads)
    {
        _loss.BeginPoint();
        foreach ((long thread, uint number) in threads)
            _loss.Reached(thread, number);
        _loss.EndPoint();
    }
}
