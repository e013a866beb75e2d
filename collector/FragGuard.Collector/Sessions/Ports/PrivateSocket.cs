using System;
using System.IO;
using System.Net.Sockets;
using System.Text;

namespace FragGuard.Collector.Sessions.Ports;

/// <summary>
/// A Unix socket that we listen on and only our own user may connect to: whoever can connect can feed us a stream.
/// </summary>
internal sealed class PrivateSocket : IDisposable
{
    private const int MaxPathBytes = 107;

    private readonly string? _directory;

    private PrivateSocket(string path, string? directory)
    {
        Path = path;
        _directory = directory;
        Listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Nobody can connect before it listens, so its mode is set in time.
            Listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Listener.Listen();
        }
        catch
        {
            Listener.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public Socket Listener { get; }

    /// <summary>In a new directory that goes away with it.</summary>
    /// <exception cref="SessionException">There is no place for it.</exception>
    public static PrivateSocket InOwnDirectory()
    {
        string directory = PortDirectory.Create();
        try
        {
            return new PrivateSocket(System.IO.Path.Combine(directory, "p"), directory);
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException)
        {
            Directory.Delete(directory, recursive: true);
            throw PortDirectory.NoPlace(System.IO.Path.GetDirectoryName(directory)!, exception);
        }
    }

    /// <summary>At a path that the user chose. A socket there that nobody listens on any more is replaced.</summary>
    /// <exception cref="SessionException">The path is taken, too long, in no directory, or cannot be written.</exception>
    public static PrivateSocket At(string path)
    {
        try
        {
            string full = System.IO.Path.GetFullPath(path);
            if (Encoding.UTF8.GetByteCount(full) > MaxPathBytes)
            {
                throw new SessionException(
                    SessionFailure.PortAddress, $"Cannot listen at '{path}': a socket's path has at most {MaxPathBytes} bytes.");
            }

            if (System.IO.Path.GetDirectoryName(full) is { } directory && !Directory.Exists(directory))
            {
                throw new SessionException(
                    SessionFailure.PortAddress, $"Cannot listen at '{path}': there is no directory {directory}.");
            }

            if (IsAbandoned(full))
                File.Delete(full);
            return new PrivateSocket(full, directory: null);
        }
        catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            throw new SessionException(
                SessionFailure.PortAddress, $"Cannot listen at '{path}': {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    public void Dispose()
    {
        Listener.Dispose();
        if (_directory is not null)
            Directory.Delete(_directory, recursive: true);
        else
            File.Delete(Path);
    }

    private static bool IsAbandoned(string path)
    {
        // Only Linux refuses a connection to any other kind of file in the same words.
        if (!File.Exists(path) || FileNode.Of(path) is { IsSocket: false })
            return false;

        using Socket visitor = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            visitor.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}
