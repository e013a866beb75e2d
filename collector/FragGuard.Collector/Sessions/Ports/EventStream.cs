using System.IO;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>A session that a runtime began.</summary>
/// <param name="SessionId">The runtime's number for it.</param>
/// <param name="Events">The .nettrace stream.</param>
/// <param name="IsLossless">Whether threads of the target wait while the buffer is full, instead of losing events.</param>
internal readonly record struct EventStream(ulong SessionId, Stream Events, bool IsLossless);
