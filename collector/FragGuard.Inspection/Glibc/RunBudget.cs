using System.Threading;

namespace FragGuard.Inspection.Glibc;

/// <summary>Runs that several lists may keep together, filled by a thread each.</summary>
/// <param name="most">How many.</param>
internal sealed class RunBudget(long most)
{
    private long _left = most;

    /// <summary>False when there are too many now.</summary>
    public bool TrySpend(int runs) => Interlocked.Add(ref _left, -runs) >= 0;
}
