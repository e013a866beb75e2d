using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace FragGuard.Simulation.Tests.Models.Memcached;

/// <summary>A real memcached with one worker thread, on a socket in a private folder, gone when disposed.</summary>
internal sealed class MemcachedServer : IDisposable
{
    private const int StartMilliseconds = 20_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fragguard-memcached-");
    private readonly Process _process;

    /// <param name="options">Options besides those for the socket and the threads, such as <c>-m 4</c>.</param>
    public MemcachedServer(params string[] options)
    {
        string socket = Path.Combine(_folder.FullName, "socket");
        ProcessStartInfo start = new(Program)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        string[] asRoot = Environment.IsPrivilegedProcess ? ["-u", "root"] : [];
        foreach (string argument in (string[])["-s", socket, "-t", "1", "-U", "0", .. asRoot, .. options])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("memcached did not start.");
        try
        {
            Connection = new MemcachedConnection(Connect(socket));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Path of the program; skips the test where there is none.</summary>
    public static string Program
    {
        get
        {
            LivePrograms.Needs(OperatingSystem.IsLinux(), "memcached is played on Linux only.");
            string? program = LivePrograms.Find("memcached");
            LivePrograms.Needs(program is not null, "memcached is not installed.");
            return program!;
        }
    }

    public MemcachedConnection Connection { get; }

    public void Dispose()
    {
        Connection?.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private Socket Connect(string path)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return socket;
            }
            catch (SocketException) when (!_process.HasExited && waited.ElapsedMilliseconds < StartMilliseconds)
            {
                socket.Dispose();
                Thread.Sleep(10);
            }
        }
    }
}
