using System;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>A diagnostic port answered with an error.</summary>
/// <param name="code">The runtime's HRESULT; 0 when there is none.</param>
internal sealed class PortException(string message, uint code) : Exception(message)
{
    public uint Code { get; } = code;
}
