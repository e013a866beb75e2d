using System;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Microsoft.IO.RecyclableMemoryStream 2 and 3 (read at v3.0.1), the arrays of one RecyclableMemoryStreamManager.
/// Allocate makes a stream of that many bytes, Reallocate writes it to another length, Free disposes it. A stream takes
/// one block at least and never gives one up before its end.
/// <para>Modelled after the source, each rule with its own test, but not compared with the running library: blocks and
/// large arrays leave and return last in first out, limits on idle bytes, sizes of large arrays, what a stream holds at
/// which length, GetBuffer and outgrown arrays. Approximated: GetBuffer is called after every write or never; addresses
/// are virtual, array headers left out. A stream of more than 131 072 blocks is refused.</para>
/// <para>L is the length of streams; A the arrays they hold; F the arrays the manager keeps; C and R all of these.
/// Neighbouring blocks of a stream are one extent.</para>
/// </summary>
internal sealed class RecyclableStreamsModel : IAllocatorModel
{
    private const int MostBlocks = 1 << 17;

    private readonly RecyclableOptions _options;
    private readonly RecyclablePools _pools;
    private readonly LiveBlocks<RecyclableStream> _streams = new();
    private long _requestedBytes;
    private long _grantedBytes;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public RecyclableStreamsModel(ModelSettings settings)
    {
        _options = new RecyclableOptions(settings);
        _pools = new RecyclablePools(_options);
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "recyclable-streams",
        "Microsoft.IO.RecyclableMemoryStream 2 and 3",
        "modelled after the library's source and tested rule by rule, not compared with the running library",
        "L is the length of streams; A is the arrays they hold; F is the arrays the manager keeps; C and R are all of "
            + "these, array headers left out",
        TakesCacheEvents: false,
        RecyclableOptions.Settings,
        settings => new RecyclableStreamsModel(settings));

    public HeapCounters Counters
    {
        get
        {
            long committed = _pools.CommittedBytes;
            long idle = committed - _grantedBytes;
            return new HeapCounters(_requestedBytes, _grantedBytes, committed, committed, idle, idle);
        }
    }

    public HeapLayout Layout() => RecyclableLayout.Of(Counters, _streams, _pools.Idle);

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                if (_streams.TryGet(allocationEvent.Id, out RecyclableStream live) && !live.IsRefused)
                    throw new TraceException("the block is live already");
                return Write(allocationEvent, new RecyclableStream { Site = allocationEvent.Site }, isNew: true);
            case AllocationEventKind.Free:
                if (!_streams.Remove(allocationEvent.Id, out RecyclableStream disposed))
                    throw new TraceException("the block is not live");
                Dispose(disposed);
                return new EventOutcome(disposed.IsRefused ? EventAnswer.NotFound : EventAnswer.Ok);
            case AllocationEventKind.Reallocate:
                if (!_streams.TryGet(allocationEvent.Id, out RecyclableStream written))
                    throw new TraceException("the block is not live");
                if (allocationEvent.Site >= 0)
                    written.Site = allocationEvent.Site;
                return Write(allocationEvent, written, isNew: written.IsRefused);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    private EventOutcome Write(in AllocationEvent request, RecyclableStream stream, bool isNew)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block holds no negative number of bytes");
        if (!CanHold(stream, request.Bytes, isNew))
        {
            if (isNew)
                _streams.Set(request.Id, new RecyclableStream { IsRefused = true, Site = stream.Site });
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        }

        _requestedBytes += request.Bytes - stream.Bytes;
        _grantedBytes -= stream.GrantedBytes;
        stream.IsRefused = false;
        stream.Bytes = request.Bytes;
        if (isNew && IsContiguous(request.Bytes))
            TakeLarge(ref stream, request.Bytes);
        else if (stream.Large is null)
            AddBlocks(ref stream, isNew ? Math.Max(request.Bytes, _options.BlockBytes) : request.Bytes);
        else if (request.Bytes > stream.Large.Elements)
            ReplaceLarge(ref stream, request.Bytes);
        if (_options.Buffer == RecyclableBuffer.GetBuffer && stream.Large is null && stream.Blocks > 1)
            JoinBlocks(ref stream);
        _grantedBytes += stream.GrantedBytes;
        _streams.Set(request.Id, stream);
        return new EventOutcome(EventAnswer.Ok, stream.Start!.Offset);
    }

    private bool IsContiguous(long bytes) =>
        _options.Buffer == RecyclableBuffer.Contiguous && bytes > _options.BlockBytes;

    private bool CanHold(in RecyclableStream stream, long bytes, bool isNew)
    {
        long capacity = isNew ? Math.Max(bytes, _options.BlockBytes) : bytes;
        if (_pools.IsExhausted || (_options.CapacityBytes > 0 && capacity > _options.CapacityBytes))
            return false;
        if (stream.Large is not null || (isNew && IsContiguous(bytes)))
            return CanBeLarge(bytes);
        if (bytes > MostBlocks * _options.BlockBytes)
            return false;
        long blockBytes = (bytes + _options.BlockBytes - 1) / _options.BlockBytes * _options.BlockBytes;
        return _options.Buffer != RecyclableBuffer.GetBuffer || blockBytes <= _options.BlockBytes || CanBeLarge(blockBytes);
    }

    private bool CanBeLarge(long bytes) =>
        bytes <= ArrayPoolModel.MostElements && _options.LargeBytes(bytes) <= ArrayPoolModel.MostElements;

    private void AddBlocks(ref RecyclableStream stream, long bytes)
    {
        while (stream.Blocks * _options.BlockBytes < bytes)
            stream.Add(_pools.TakeBlock());
    }

    private void TakeLarge(ref RecyclableStream stream, long bytes)
    {
        stream.Large = _pools.TakeLarge(_options.LargeBytes(bytes));
        stream.GrantedBytes += stream.Large.Elements;
    }

    private void ReplaceLarge(ref RecyclableStream stream, long bytes)
    {
        PooledArray outgrown = stream.Large!;
        TakeLarge(ref stream, bytes);
        if (!_options.ReturnsAtOnce)
        {
            stream.Outgrow(outgrown);
            return;
        }

        stream.GrantedBytes -= outgrown.Elements;
        _pools.ReturnLarge(outgrown);
    }

    /// <summary>Puts the bytes into one array as long as all blocks; the blocks stay unless they return at once.</summary>
    private void JoinBlocks(ref RecyclableStream stream)
    {
        TakeLarge(ref stream, stream.Blocks * _options.BlockBytes);
        if (!_options.ReturnsAtOnce)
            return;
        stream.GrantedBytes -= stream.Blocks * _options.BlockBytes;
        _pools.ReturnBlocks(stream.FirstBlock);
        (stream.FirstBlock, stream.LastBlock, stream.Blocks) = (null, null, 0);
    }

    private void Dispose(in RecyclableStream stream)
    {
        _requestedBytes -= stream.Bytes;
        _grantedBytes -= stream.GrantedBytes;
        if (stream.Large is not null)
            _pools.ReturnLarge(stream.Large);
        for (PooledArray? next, outgrown = stream.FirstOutgrown; outgrown is not null; outgrown = next)
        {
            next = outgrown.Next;
            _pools.ReturnLarge(outgrown);
        }

        _pools.ReturnBlocks(stream.FirstBlock);
    }
}
