using System.Collections.Generic;
using System.Threading;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Live;

/// <summary>
/// What happens beside the view. It goes to standard error: at once, or after the view where that is redrawn in place and
/// shows it meanwhile.
/// </summary>
internal sealed class LiveNotes(ToolConsole console, bool isOnScreen)
{
    private const int MaxNotes = 4;

    private readonly Lock _gate = new();
    private readonly Queue<string> _notes = [];

    /// <summary>Whether the view is redrawn in place, and shows notes.</summary>
    public bool IsOnScreen { get; } = isOnScreen;

    public IReadOnlyList<string> Shown
    {
        get
        {
            lock (_gate)
                return [.. _notes];
        }
    }

    public void Add(string note)
    {
        lock (_gate)
        {
            if (!IsOnScreen)
            {
                console.Note(note);
                return;
            }

            _notes.Enqueue(note);
            if (_notes.Count > MaxNotes)
                _notes.Dequeue();
        }
    }

    /// <summary>After the view.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            foreach (string note in _notes)
                console.Note(note);
            _notes.Clear();
        }
    }
}
