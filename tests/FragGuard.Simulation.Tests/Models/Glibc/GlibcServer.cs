using System.Collections.Generic;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>
/// Operations like a server's: sessions that come in bursts, each with a record, a growing buffer and many short-lived
/// blocks, freed together at its end, while a cache of responses turns over slowly.
/// </summary>
internal sealed class GlibcServer
{
    private const int Cached = 2_000;
    private const int MaxSessions = 300;
    private const int CheckpointInterval = 5_000;

    private readonly SeededRandom _random;
    private readonly List<GlibcOperation> _operations = [];
    private readonly List<Session> _sessions = [];
    private readonly Queue<uint> _freeSlots = new();
    private readonly Queue<uint> _cache = new();
    private uint _nextSlot;
    private ushort _thread;

    private GlibcServer(ulong seed) => _random = new SeededRandom(seed);

    public static GlibcOperation[] Operations(ulong seed, int count, int threads)
    {
        GlibcServer server = new(seed);
        for (int burst = 0; server._operations.Count < count; burst++)
        {
            server._thread = (ushort)(burst % threads);
            server.PlayBurst();
        }

        return [.. server._operations];
    }

    private void PlayBurst()
    {
        for (long opened = _random.Next(1, 30); opened > 0 && _sessions.Count < MaxSessions; opened--)
            Open();
        for (long turn = _random.Next(50, 500); turn > 0 && _sessions.Count > 0; turn--)
        {
            int index = (int)_random.Next(0, _sessions.Count - 1);
            if (_random.Next(1, 40) > 1)
            {
                Serve(_sessions[index]);
                continue;
            }

            Close(_sessions[index]);
            _sessions[index] = _sessions[^1];
            _sessions.RemoveAt(_sessions.Count - 1);
        }

        if (_random.Next(1, 2_000) == 1)
            Add(GlibcOperationKind.Trim, 0, 0);
    }

    private void Open()
    {
        Session session = new();
        session.Blocks.Add(Allocate(GlibcOperationKind.AllocateZeroed, 1_480));
        session.Blocks.Add(Allocate(GlibcOperationKind.AllocateAligned, 512));
        session.Buffer = Allocate(GlibcOperationKind.Allocate, session.BufferBytes);
        _sessions.Add(session);
    }

    private void Serve(Session session)
    {
        List<uint> request = [];
        for (long headers = _random.Next(3, 15); headers > 0; headers--)
            request.Add(Allocate(GlibcOperationKind.Allocate, _random.Next(8, 120)));
        long responseBytes = _random.Next(1, 10) <= 8 ? _random.Next(200, 8_000) : _random.Next(8_000, 300_000);
        while (session.BufferBytes < responseBytes)
        {
            session.BufferBytes *= 2;
            Add(GlibcOperationKind.Reallocate, session.Buffer, session.BufferBytes);
        }

        if (_random.Next(1, 5) == 1)
        {
            _cache.Enqueue(Allocate(GlibcOperationKind.Allocate, responseBytes));
            if (_cache.Count > Cached)
                Free(_cache.Dequeue());
        }

        if (_random.Next(1, 8) == 1)
            session.Blocks.Add(Allocate(GlibcOperationKind.Allocate, _random.Next(24, 400)));
        for (int i = request.Count - 1; i >= 0; i--)
            Free(request[i]);
    }

    private void Close(Session session)
    {
        foreach (uint slot in session.Blocks)
            Free(slot);
        Free(session.Buffer);
    }

    private uint Allocate(GlibcOperationKind kind, long bytes)
    {
        uint slot = _freeSlots.TryDequeue(out uint free) ? free : _nextSlot++;
        Add(kind, slot, bytes);
        return slot;
    }

    private void Free(uint slot)
    {
        Add(GlibcOperationKind.Free, slot, 0);
        _freeSlots.Enqueue(slot);
    }

    private void Add(GlibcOperationKind kind, uint slot, long bytes)
    {
        byte cacheLine = kind == GlibcOperationKind.AllocateAligned ? (byte)6 : (byte)0;
        _operations.Add(new GlibcOperation(kind, cacheLine, _thread, slot, (ulong)bytes));
        if (_operations.Count % CheckpointInterval == 0)
            _operations.Add(new GlibcOperation(GlibcOperationKind.Info, 0, _thread, 0, 0));
    }

    private sealed class Session
    {
        public List<uint> Blocks { get; } = [];

        public uint Buffer { get; set; }

        public long BufferBytes { get; set; } = 1_024;
    }
}
