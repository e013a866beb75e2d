using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Verdicts;

/// <summary>
/// Arrays that stay pinned, among much that dies and side by side; and handles that nobody frees, or somebody does. What the JIT made part of
/// another method would count for that one.
/// </summary>
internal static class Pins
{
    private const int Owners = 1_500;

    public static void Run()
    {
        List<object> kept = [];
        for (int i = 0; i < Owners; i++)
        {
            kept.Add(new Receiver());
            Send();
            for (int j = 0; j < 20; j++)
                GC.KeepAlive(new byte[8_000]);
        }

        for (int i = 0; i < Owners; i++)
            kept.Add(new Neighbour());
        for (int i = 0; i < Owners; i++)
        {
            using Passing passing = new();
            SendGiven(new byte[1_000]);
            try
            {
                Fail();
            }
            catch (InvalidOperationException)
            {
            }
        }

        for (int i = 0; i < 6; i++)
            GC.Collect();
        GC.KeepAlive(kept);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Send()
    {
        byte[] data = new byte[4_000];
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned); // FG3004
        Marshal.WriteByte(handle.AddrOfPinnedObject(), 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SendGiven(byte[] data)
    {
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned); // given
        Marshal.WriteByte(handle.AddrOfPinnedObject(), 1);
    }

    /// <summary>Fails each time, and frees its handle then.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail()
    {
        byte[] data = new byte[4_000];
        GCHandle handle = GCHandle.Alloc(data, GCHandleType.Pinned); // fg3004
        try
        {
            Marshal.WriteByte(handle.AddrOfPinnedObject(), 1);
            Reject(data);
        }
        catch (InvalidOperationException)
        {
            handle.Free();
            throw;
        }
    }

    private static void Reject(byte[] data)
    {
        if (data[0] == 1)
            throw new InvalidOperationException();
    }
}

/// <summary>Made between objects that die.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly GCHandle _handle;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public Receiver() => _handle = GCHandle.Alloc(_buffer, GCHandleType.Pinned); // FG3003

    public void Dispose() => _handle.Free();
}

/// <summary>Made one right after the other.</summary>
internal sealed class Neighbour : IDisposable
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly GCHandle _handle;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public Neighbour() => _handle = GCHandle.Alloc(_buffer, GCHandleType.Pinned); // fg3003

    public void Dispose() => _handle.Free();
}

/// <summary>Made for one operation.</summary>
internal sealed class Passing : IDisposable
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly GCHandle _handle;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public Passing() => _handle = GCHandle.Alloc(_buffer, GCHandleType.Pinned); // passing

    public void Dispose() => _handle.Free();
}

/// <summary>Nobody makes one.</summary>
internal sealed class Unmade : IDisposable
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly GCHandle _handle;

    public Unmade() => _handle = GCHandle.Alloc(_buffer, GCHandleType.Pinned); // unmade

    public void Dispose() => _handle.Free();
}
