using System;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>A diagnostic port answered with an error.</summary>
/// <param name="code">The runtime's HRESULT; 0 when there is none.</param>
internal sealed class PortException(string message, uint code) : Exception(message)
{
    private const uint UnknownCommand = 0x80131385;

    public uint Code { get; } = code;

    /// <summary>Whether the runtime is too old for the command.</summary>
    public bool IsUnknownCommand => Code == UnknownCommand;
}
