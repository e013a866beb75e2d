using System.Collections.Generic;

namespace FragGuard.Simulation.Workloads.Synthetic;

/// <summary>
/// The births and deaths of a synthetic workload, without end; the same parameters give the same lives. A lifetime counts
/// births: a block of lifetime d born at the k-th birth dies just before the (k+d)-th. Memory is that of the live blocks.
/// </summary>
/// <param name="Sizes">Bytes of each block.</param>
/// <param name="Lifetimes">Lifetimes in births; null where the shape decides, or where blocks live for ever.</param>
/// <param name="Shape">How blocks come and go.</param>
/// <param name="Blocks">n of the shape; 0 for shapes without.</param>
/// <param name="Operations">Births and deaths that will be taken, over which a ramp climbs.</param>
/// <param name="Seed">Seed of the draws.</param>
internal sealed record SyntheticLives(
    Distribution Sizes, Distribution? Lifetimes, LifeShape Shape, long Blocks, long Operations, ulong Seed)
{
    private const int TeethKept = 16;
    private const int GapParts = 15;

    public IEnumerable<Life> All() => Shape switch
    {
        LifeShape.OddFree or LifeShape.Comb => Rounds(),
        LifeShape.Sawtooth => Teeth(),
        _ => Lifespans(),
    };

    private IEnumerable<Life> Lifespans()
    {
        SeededRandom random = new(Seed);
        DeathQueue deaths = new();
        long lives = 0;
        for (long birth = 0; ; birth++)
        {
            bool isTheirTime = Shape != LifeShape.Burst || birth % Blocks == 0;
            for (; isTheirTime && deaths.Count > 0 && deaths.NextAt <= birth; lives++)
                yield return new Life(deaths.Remove(), 0);
            long bytes = Sizes.Draw(random);
            if (Lifetimes is not null)
                deaths.Add(birth + LifetimeAt(lives, random), birth);
            lives++;
            yield return new Life(birth, bytes);
        }
    }

    private long LifetimeAt(long lives, SeededRandom random)
    {
        long lifetime = Lifetimes!.Draw(random);
        return Shape == LifeShape.Ramp ? 1 + (long)(lifetime * (lives / (double)Operations)) : lifetime;
    }

    /// <summary>Gaps that are left by design, and blocks that fit none of them.</summary>
    private IEnumerable<Life> Rounds()
    {
        SeededRandom random = new(Seed);
        bool isComb = Shape == LifeShape.Comb;
        long gapParts = isComb ? GapParts : 1;
        long number = 0;
        while (true)
        {
            long first = number;
            long small = isComb ? 2 * Blocks : Blocks;
            for (; number < first + small; number++)
                yield return new Life(number, Sizes.Draw(random) * ((number - first) % 2 == 0 ? gapParts : 1));
            for (long gap = first; gap < first + small; gap += 2)
                yield return new Life(gap, 0);
            long large = number;
            for (; number < large + (Blocks / 2); number++)
                yield return new Life(number, Sizes.Draw(random) * 2 * gapParts);
            for (long kept = first + 1; kept < first + small; kept += 2)
                yield return new Life(kept, 0);
            for (long last = large; last < number; last++)
                yield return new Life(last, 0);
        }
    }

    private IEnumerable<Life> Teeth()
    {
        SeededRandom random = new(Seed);
        for (long first = 0; ; first += Blocks)
        {
            for (long number = first; number < first + Blocks; number++)
                yield return new Life(number, Sizes.Draw(random));
            for (long kept = first - Blocks; kept >= 0 && kept < first; kept += TeethKept)
                yield return new Life(kept, 0);
            for (long number = first; number < first + Blocks; number++)
            {
                if ((number - first) % TeethKept != 0)
                    yield return new Life(number, 0);
            }
        }
    }
}
