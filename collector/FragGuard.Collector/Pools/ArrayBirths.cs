using System.Collections.Generic;

namespace FragGuard.Collector.Pools;

/// <summary>The last sampled allocation of each thread, where it was one of an array.</summary>
internal sealed class ArrayBirths
{
    private const int MaxThreads = 1 << 14;

    private readonly Dictionary<long, ArrayBirth> _byThread = [];

    public void Add(long thread, in ArrayBirth birth)
    {
        if (_byThread.Count >= MaxThreads)
            _byThread.Clear();
        _byThread[thread] = birth;
    }

    public void Forget(long thread) => _byThread.Remove(thread);

    /// <summary>The thread's last array, once.</summary>
    public bool TryTake(long thread, out ArrayBirth birth) => _byThread.Remove(thread, out birth);
}
