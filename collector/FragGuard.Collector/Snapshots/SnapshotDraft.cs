using System;
using System.Collections.Generic;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Snapshots;

/// <summary>
/// Gathers one snapshot from its events: what the first blocking full GC that lists objects says between its start and
/// its end. The runtime lists the regions of the heap at the start and again at the end.
/// </summary>
internal sealed class SnapshotDraft(SnapshotLimits limits)
{
    private const int FullCollection = 2;
    private const int MaxRegions = 1 << 20;
    private const int MaxRoots = 1 << 23;
    private const int MaxNamedRoots = 1 << 18;

    private readonly List<GenerationExtent> _regions = [];
    private bool _isRunning;
    private bool _isRegionListEnded;
    private int _namedRoots;
    private long _objectBytes;

    public TypeTable Types { get; } = new();

    public ChunkedList<HeapObject> Objects { get; } = new();

    /// <summary>What the objects refer to, in the order of the objects.</summary>
    public ChunkedList<ulong> References { get; } = new();

    public ChunkedList<Root> Roots { get; } = new();

    /// <summary>Pairs of an object and one it keeps alive without referring to it.</summary>
    public ChunkedList<(ulong Key, ulong Value)> Dependents { get; } = new();

    /// <summary>The regions as the GC left them; empty when the session did not ask for them.</summary>
    public IReadOnlyList<GenerationExtent> Regions => _regions;

    /// <summary>Number of the GC; −1 before its start.</summary>
    public int GcNumber { get; private set; } = -1;

    /// <summary>Whether the end of the GC was seen: everything is here, unless events were lost.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether there were more references than are kept.</summary>
    public bool HasTooManyReferences { get; private set; }

    private bool IsOpen => _isRunning && !IsComplete;

    public void Started(int number, int generation, GcKind kind)
    {
        if (IsComplete || generation < FullCollection || kind == GcKind.Background)
            return;

        Objects.Clear();
        References.Clear();
        Roots.Clear();
        Dependents.Clear();
        _regions.Clear();
        _namedRoots = 0;
        _objectBytes = 0;
        HasTooManyReferences = false;
        GcNumber = number;
        _isRunning = true;
    }

    public void Stopped(int number)
    {
        if (!IsOpen || number != GcNumber)
            return;

        _isRunning = false;
        IsComplete = Objects.Count > 0;
    }

    public void Listed(GenerationExtent region)
    {
        if (!IsOpen)
            return;
        if (_isRegionListEnded)
            _regions.Clear();
        _isRegionListEnded = false;
        if (_regions.Count < MaxRegions)
            _regions.Add(region);
    }

    /// <summary>Some other event of the GC: a region that is listed later begins a new list.</summary>
    public void EndRegionList() => _isRegionListEnded = true;

    /// <exception cref="SnapshotException">There are more objects than the limits allow.</exception>
    public void AddObject(ulong address, long bytes, ulong type, long references)
    {
        if (!IsOpen)
            return;
        if (Objects.Count >= limits.MaxObjects)
        {
            throw new SnapshotException(FormattableString.Invariant(
                $"The heap holds more than {limits.MaxObjects:N0} objects; --max-nodes sets another limit, at about 150 bytes of memory for each."));
        }

        // All objects fit into one address space: a size that does not comes from a damaged stream.
        bool isPossible = bytes > 0 && bytes <= (long)GenerationExtent.MaxBytes - _objectBytes;
        _objectBytes += isPossible ? bytes : 0;
        Objects.Add(new HeapObject(
            address, isPossible ? bytes : 0, Types.IndexOf(type), (int)Math.Clamp(references, 0, int.MaxValue)));
    }

    public void AddReference(ulong target)
    {
        if (!IsOpen)
            return;
        if (References.Count < limits.MaxReferences)
            References.Add(target);
        else
            HasTooManyReferences = true;
    }

    public void AddRoot(ulong target, RootKind kind)
    {
        if (IsOpen && Roots.Count < MaxRoots)
            Roots.Add(new Root(target, kind, Name: null));
    }

    public void AddStatic(ulong target, string field)
    {
        if (!IsOpen || Roots.Count >= MaxRoots || _namedRoots++ >= MaxNamedRoots)
            return;
        Roots.Add(new Root(target, RootKind.Static, field));
    }

    public void AddDependent(ulong key, ulong value)
    {
        if (IsOpen && Dependents.Count < MaxRoots)
            Dependents.Add((key, value));
    }
}
