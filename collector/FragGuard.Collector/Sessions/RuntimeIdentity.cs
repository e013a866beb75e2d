using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>What a runtime says of itself when asked.</summary>
/// <param name="RuntimeVersion">Such as 10.0.12.</param>
internal sealed record RuntimeIdentity(string CommandLine, string RuntimeVersion)
{
    private const int IdsBytes = 8 + 16;

    /// <summary>Runtimes answer in a few milliseconds; on a busy machine half a second was too short.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Null when the runtime does not answer soon, is too old, or may not be asked.</summary>
    public static async Task<RuntimeIdentity?> TryAskAsync(int processId)
    {
        using RuntimePort? port = ProcessList.PortOf(processId);
        return port is null ? null : await TryAskAsync(port).ConfigureAwait(false);
    }

    /// <summary>Null when the runtime does not answer soon, is too old, or may not be asked.</summary>
    public static async Task<RuntimeIdentity?> TryAskAsync(RuntimePort port)
    {
        try
        {
            using CancellationTokenSource limit = new(AnswerTimeout);
            byte[] answer = await port.AskAsync(PortCommand.ProcessInfo, default, limit.Token).ConfigureAwait(false);
            return Decode(answer);
        }
        catch (Exception exception) when (exception is IOException or SocketException or PortException
            or OperationCanceledException or UnauthorizedAccessException or ChannelClosedException or ObjectDisposedException
            or SessionException)
        {
            return null;
        }
    }

    private static RuntimeIdentity? Decode(ReadOnlySpan<byte> answer)
    {
        if (answer.Length < IdsBytes)
            return null;

        ReadOnlySpan<byte> rest = answer[IdsBytes..];
        string commandLine = PortMessage.ReadText(ref rest);
        PortMessage.ReadText(ref rest);
        PortMessage.ReadText(ref rest);
        PortMessage.ReadText(ref rest);
        string version = PortMessage.ReadText(ref rest);
        int build = version.IndexOf('+', StringComparison.Ordinal);
        return new RuntimeIdentity(commandLine, build < 0 ? version : version[..build]);
    }
}
