using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Sessions;

/// <summary>The diagnostic sockets of each directory, listed once.</summary>
internal sealed class SocketCatalogue
{
    private readonly Dictionary<string, IReadOnlyList<DiagnosticSocket>> _byDirectory = new(StringComparer.Ordinal);

    /// <summary>The socket of a process; null when it has none there. A socket left by an earlier process of that id is stale.</summary>
    public string? Find(string directory, int processId, long startTicks)
    {
        if (!_byDirectory.TryGetValue(directory, out IReadOnlyList<DiagnosticSocket>? sockets))
            _byDirectory[directory] = sockets = DiagnosticSocket.In(directory);
        return sockets.FirstOrDefault(socket => socket.ProcessId == processId && socket.Key == startTicks)?.Address;
    }
}
