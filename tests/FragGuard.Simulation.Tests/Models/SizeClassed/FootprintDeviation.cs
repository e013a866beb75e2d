using System;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>
/// The largest relative deviation of a modelled footprint from the real one. Footprints below 1 MiB are compared too,
/// their
/// deviation taken as a share of 1 MiB: a few pages more or less say nothing there.
/// </summary>
internal sealed class FootprintDeviation(ITestOutputHelper output)
{
    /// <summary>The most a footprint may be off.</summary>
    public const double BoundPercent = 10;

    private const long LeastBytes = 1 << 20;

    public int Compared { get; private set; }

    public double Percent { get; private set; }

    public void Add(int at, long realBytes, long modelledBytes)
    {
        Compared++;
        double percent = 100.0 * Math.Abs(realBytes - modelledBytes) / Math.Max(realBytes, LeastBytes);
        if (percent <= Percent)
            return;
        Percent = percent;
        output.WriteLine($"event {at}: {realBytes} really, {modelledBytes} modelled");
    }
}
