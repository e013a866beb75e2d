using System;

namespace FragGuard.Tests;

/// <summary>What code allocates on the thread that runs it.</summary>
internal static class TestAllocations
{
    private const int Rounds = 5;

    /// <summary>
    /// The least managed bytes of some rounds: what code allocates, it allocates in each. A collection that another thread asks for
    /// counts the rest of this thread's allocation buffer (8 KiB at most) as allocated now and then, and the runtime may make
    /// something for itself.
    /// </summary>
    /// <param name="action">Does the same in every round.</param>
    public static long LeastBytesOf(Action action)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
