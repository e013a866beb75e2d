using System;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Live;

/// <summary>What the user asks for while a process is watched: q quits as a signal does, p pauses the view.</summary>
internal sealed class LiveKeys : IDisposable
{
    private volatile bool _isPaused;

    public LiveKeys() => Signals = new StopSignals(Press);

    public StopSignals Signals { get; }

    /// <summary>Whether the view shall stand still. Watching goes on.</summary>
    public bool IsPaused => _isPaused;

    public void Dispose() => Signals.Dispose();

    private void Press(ConsoleKey key)
    {
        if (key == ConsoleKey.Q)
            Signals.Ask();
        else if (key == ConsoleKey.P)
            _isPaused = !_isPaused;
    }
}
