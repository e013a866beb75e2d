using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// How many bytes may be allocated before the heap wants a full GC. The runtime computes in single precision, and so
/// does this.
/// </summary>
internal sealed class LohBudget
{
    public const long MinBytes = 3 << 20;

    private const float SmallestGrowth = 1.25f;
    private const float LargestGrowth = 4.5f;
    private const float SecondsUntilForgotten = 300f;

    private readonly int _conserve;

    /// <param name="conserve">GCConserveMemory, 0..9; 0 for off.</param>
    public LohBudget(int conserve) => _conserve = conserve;

    /// <summary>Budget granted by the last GC.</summary>
    public long DesiredBytes { get; private set; } = MinBytes;

    /// <summary>What is left of it; negative when overdrawn.</summary>
    public long LeftBytes { get; private set; } = MinBytes;

    public bool IsSpent => LeftBytes < 0;

    public void Spend(long bytes) => LeftBytes -= bytes;

    /// <summary>Grants the budget after a GC.</summary>
    /// <param name="beforeBytes">Heap before the GC, garbage included, less its gaps and pads.</param>
    /// <param name="survivedBytes">Heap after the GC, less its fragmentation.</param>
    /// <param name="secondsSinceLast">Time since the GC before.</param>
    /// <param name="oldBudgetBytes">The budget of generation 2, which this one never stays below.</param>
    public void Renew(long beforeBytes, long survivedBytes, float secondsSinceLast, long oldBudgetBytes = 0)
    {
        DesiredBytes = beforeBytes <= 0 ? MinBytes : Desired(beforeBytes, survivedBytes, secondsSinceLast, oldBudgetBytes);
        LeftBytes = DesiredBytes;
    }

    /// <summary>Growth of the heap that a share of survivors earns.</summary>
    internal static float Growth(float survived) =>
        survived < (LargestGrowth - SmallestGrowth) / (SmallestGrowth * (LargestGrowth - 1))
            ? (SmallestGrowth - (SmallestGrowth * survived)) / (1 - (survived * SmallestGrowth))
            : LargestGrowth;

    private long Desired(long beforeBytes, long survivedBytes, float secondsSinceLast, long oldBudgetBytes)
    {
        float growth = Growth(Math.Min(1f, survivedBytes / (float)beforeBytes));
        if (_conserve != 0)
            growth = Math.Min(growth, (((10f / _conserve) - 1) * 0.5f) + 1);
        long grown = Math.Max((long)(growth * survivedBytes), MinBytes) - survivedBytes;
        long desired = Math.Max(Math.Max(grown, oldBudgetBytes), Math.Max(survivedBytes / 4, MinBytes));
        return (Smooth(desired, secondsSinceLast) + 7) & ~7L;
    }

    /// <summary>A GC that came before the budget was spent says little, so the budget before it keeps a say.</summary>
    private long Smooth(long desired, float secondsSinceLast)
    {
        float spent = (DesiredBytes - LeftBytes) / (float)DesiredBytes;
        if (spent is >= 0.95f or <= 0)
            return desired;
        float memory = Math.Max(0, (SecondsUntilForgotten - secondsSinceLast) / SecondsUntilForgotten);
        float previous = (1 - spent) * memory;
        return (long)(((1.0 - previous) * desired) + (previous * DesiredBytes));
    }
}
