using System;
using System.Threading;

namespace FragGuard.Analyzers;

/// <summary>Something that is made when it is first asked for, by one thread. Whoever asks next after a failure or a cancellation tries again.</summary>
internal sealed class Once<T>
    where T : class
{
    private readonly object _making = new();
    private readonly Func<CancellationToken, T> _make;
    private T? _made;

    public Once(Func<CancellationToken, T> make) => _make = make;

    /// <summary>Null before it was asked for.</summary>
    public T? IfMade => Volatile.Read(ref _made);

    public T Get(CancellationToken cancellation)
    {
        if (IfMade is { } made)
            return made;
        lock (_making)
        {
            made = _made ?? _make(cancellation);
            Volatile.Write(ref _made, made);
            return made;
        }
    }
}
