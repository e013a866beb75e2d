using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>
/// Bounded work for the kernel's page allocator: memory that is touched and given back, files that are written and
/// deleted, sockets. It holds at most 192 MiB at a time.
/// </summary>
internal sealed class PageLoad : IDisposable
{
    private const int ChunkBytes = 32 << 20;
    private const int MostChunks = 6;
    private const int Files = 300;
    private const int Sockets = 100;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fragguard-pages-");
    private readonly Queue<IntPtr> _chunks = [];
    private int _steps;

    /// <summary>Touches memory, writes some files, deletes those of the step before, opens and closes sockets.</summary>
    public void Step()
    {
        TouchMemory();
        byte[] content = new byte[24 << 10];
        for (int i = 0; i < Files; i++)
            File.WriteAllBytes(FileOf(_steps, i), content.AsSpan(0, 512 + (i * 73 % (content.Length - 512))));
        for (int i = 0; _steps > 0 && i < Files; i++)
            File.Delete(FileOf(_steps - 1, i));
        _steps++;
        OpenAndCloseSockets();
    }

    /// <summary>A chunk of memory more, the oldest one less once there are six.</summary>
    public void TouchMemory()
    {
        if (_chunks.Count == MostChunks)
            Marshal.FreeHGlobal(_chunks.Dequeue());
        IntPtr chunk = Marshal.AllocHGlobal(ChunkBytes);
        _chunks.Enqueue(chunk);
        for (int at = 0; at < ChunkBytes; at += Environment.SystemPageSize)
            Marshal.WriteByte(chunk, at, 1);
    }

    public void Dispose()
    {
        while (_chunks.Count > 0)
            Marshal.FreeHGlobal(_chunks.Dequeue());
        _folder.Delete(recursive: true);
    }

    private static void OpenAndCloseSockets()
    {
        List<Socket> sockets = [];
        for (int i = 0; i < Sockets; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            sockets.Add(socket);
        }

        sockets.ForEach(socket => socket.Dispose());
    }

    private string FileOf(int step, int index) => Path.Combine(_folder.FullName, $"{step}-{index}");
}
