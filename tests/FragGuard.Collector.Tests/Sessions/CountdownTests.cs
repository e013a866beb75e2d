using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Sessions;

public sealed class CountdownTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task TimeThatNoTimerTakes_IsWaitedForInSteps()
    {
        SteppedClock clock = new(betweenReadings: TimeSpan.Zero);

        await Countdown.WaitAsync(50 * Day, _end.Task, clock);

        Assert.All(clock.Steps, step => Assert.InRange(step, TimeSpan.Zero, Day));
        Assert.InRange(clock.Steps.Sum(step => step.TotalDays), 50, 50.001);
    }

    [Fact]
    public async Task ShortTime_IsOneStep()
    {
        SteppedClock clock = new(betweenReadings: TimeSpan.Zero);

        await Countdown.WaitAsync(TimeSpan.FromSeconds(15), _end.Task, clock);

        TimeSpan step = Assert.Single(clock.Steps);
        Assert.InRange(step, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15.01));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(15, 0)]
    [InlineData(20, 0)]
    public async Task TimeThatPassesBetweenTwoReadings_Counts(int secondsBetween, int steps)
    {
        SteppedClock clock = new(TimeSpan.FromSeconds(secondsBetween));

        await Countdown.WaitAsync(TimeSpan.FromSeconds(15), _end.Task, clock);

        Assert.Equal(steps, clock.Steps.Count);
        Assert.All(clock.Steps, step => Assert.InRange(step, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.01)));
    }

    [Fact]
    public async Task End_IsTheEndOfTheWaiting()
    {
        SteppedClock clock = new(betweenReadings: TimeSpan.Zero);
        _end.SetException(new InvalidOperationException("The session broke off."));

        await Countdown.WaitAsync(Day, _end.Task, clock);

        Assert.Empty(clock.Steps);
    }

    /// <summary>A clock whose timers are over at once and move it on, as each reading of it does.</summary>
    private sealed class SteppedClock(TimeSpan betweenReadings) : TimeProvider
    {
        private TimeSpan _now;

        public List<TimeSpan> Steps { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            _now += betweenReadings;
            return _now.Ticks;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Steps.Add(dueTime);
            _now += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
