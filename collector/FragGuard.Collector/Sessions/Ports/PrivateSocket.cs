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
    private const int MaxTempPathLength = 80;
    private const int MaxPathBytes = 107;
    private const int NoSuchDevice = 6;
    private const int NotSupportedOnMac = 102;

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
    public static PrivateSocket InOwnDirectory()
    {
        string directory = CreateDirectory();
        try
        {
            return new PrivateSocket(System.IO.Path.Combine(directory, "p"), directory);
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    /// <summary>At a path that the user chose. A socket there that nobody listens on any more is replaced.</summary>
    /// <exception cref="SessionException">The path is taken, too long, or cannot be written.</exception>
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

    // A socket's path has little room, and the variable that carries it cuts at commas and semicolons.
    private static string CreateDirectory()
    {
        string temporary = System.IO.Path.GetTempPath();
        bool isFit = temporary.Length <= MaxTempPathLength && temporary.IndexOfAny([',', ';']) < 0;
        if (isFit || OperatingSystem.IsWindows())
            return Directory.CreateTempSubdirectory("fg").FullName;

        string path = System.IO.Path.Combine("/tmp", $"fg{Guid.NewGuid():N}");
        return Directory.CreateDirectory(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private static bool IsAbandoned(string path)
    {
        if (!File.Exists(path) || !IsSocket(path))
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

    // A socket is the one kind of file that its owner cannot open.
    private static bool IsSocket(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite).Dispose();
            return false;
        }
        catch (IOException exception)
        {
            return exception.HResult is NoSuchDevice or NotSupportedOnMac;
        }
    }
}
