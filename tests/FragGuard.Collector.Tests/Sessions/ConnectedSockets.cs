using System;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Tests.Sessions;

/// <summary>A connection to a runtime that is a socket of the test.</summary>
internal sealed class ConnectedSockets : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _ours = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ConnectedSockets()
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        UnixDomainSocketEndPoint address = new(_folder.File("s"));
        listener.Bind(address);
        listener.Listen();
        _ours.Connect(address);
        Descriptor = _ours.Handle;
        Runtime = listener.Accept();
        Connection = new RuntimeConnection(_ours);
    }

    public RuntimeConnection Connection { get; }

    /// <summary>The runtime's end.</summary>
    public Socket Runtime { get; }

    /// <summary>Whether the dispatcher of all sockets wakes for this one: an epoll instance of this process lists it.</summary>
    public bool IsDispatched
    {
        get
        {
            string line = FormattableString.Invariant($"tfd:{Descriptor,9} ");
            return Directory.EnumerateFiles("/proc/self/fdinfo")
                .Any(file => Lines(file).Any(one => one.StartsWith(line, StringComparison.Ordinal)));
        }
    }

    private nint Descriptor { get; }

    public void Dispose()
    {
        Connection.Dispose();
        Runtime.Dispose();
        _folder.Dispose();
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return [];
        }
    }
}
