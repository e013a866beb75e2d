using System.Diagnostics.Tracing;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Snapshots;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// Every live object with its references, the roots, the types and the regions, as a full GC that the session itself
/// forces lists them at its end (eventtrace_gcheap.cpp of dotnet/runtime).
/// </summary>
internal sealed class SnapshotFeed
{
    /// <summary>
    /// GC 0x1, types 0x80000, heap dump 0x100000, regions 0x400000, forced GC 0x800000, type names 0x1000000. Asking for
    /// the forced GC is what sets it off.
    /// </summary>
    private const long Keywords = 0x1 | 0x80000 | 0x100000 | 0x400000 | 0x800000 | 0x1000000;

    private const int WeakReference = 2;
    private const int ArrayFlag = 8;
    private const int MaxTypeArguments = 64;

    private readonly SnapshotDraft _draft;

    public SnapshotFeed(EventRouter router, SnapshotDraft draft)
    {
        _draft = draft;
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcStart, OnStart);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcEnd, OnEnd);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GlobalHeapHistory, OnMeasured);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GenerationRange, OnRegion);
        router.On(RuntimeEvents.Provider, RuntimeEvents.BulkType, OnTypes);
        router.On(RuntimeEvents.Provider, RuntimeEvents.BulkNode, OnObjects);
        router.On(RuntimeEvents.Provider, RuntimeEvents.BulkEdge, OnReferences);
        router.On(RuntimeEvents.Provider, RuntimeEvents.BulkRootEdge, OnRoots);
        router.On(RuntimeEvents.Provider, RuntimeEvents.BulkDependentHandle, OnDependents);
        router.On(RuntimeEvents.Provider, RuntimeEvents.BulkRootStatic, OnStatics);
    }

    public static ProviderRequest Request => new(RuntimeEvents.Provider, Keywords, EventLevel.Informational)
    {
        Denied = [RuntimeEvents.SurvivingRanges, RuntimeEvents.MovedRanges],
    };

    private void OnStart(in RecordedEvent recorded)
    {
        GcStart start = GcStart.Read(recorded);
        _draft.Started(start.Number, start.Generation, start.Kind);
    }

    private void OnEnd(in RecordedEvent recorded) => _draft.Stopped(recorded.Fields.ReadInt32());

    private void OnMeasured(in RecordedEvent recorded) => _draft.EndRegionList();

    private void OnRegion(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int generation = fields.ReadByte();
        ulong start = fields.ReadPointer();
        ulong used = (ulong)fields.ReadInt64();
        _draft.Listed(new GenerationExtent(generation, start, used, (ulong)fields.ReadInt64()));
    }

    private void OnTypes(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int count = fields.ReadInt32();
        fields.Skip(sizeof(ushort));
        for (; count > 0 && fields.RestBytes > 0; count--)
        {
            ulong id = (ulong)fields.ReadInt64();
            fields.Skip(sizeof(long) + sizeof(int));
            int flags = fields.ReadInt32();
            byte kind = fields.ReadByte();
            string name = fields.ReadName();
            int arguments = fields.ReadInt32();
            if (arguments < 0 || arguments > fields.RestBytes / sizeof(long))
                return;

            ulong[] ids = new ulong[System.Math.Min(arguments, MaxTypeArguments)];
            for (int i = 0; i < ids.Length; i++)
                ids[i] = (ulong)fields.ReadInt64();
            fields.Skip((arguments - ids.Length) * sizeof(long));
            _draft.Types.Describe(new HeapType(id, name, (flags & ArrayFlag) != 0, kind, ids));
        }
    }

    private void OnObjects(in RecordedEvent recorded)
    {
        _draft.EndRegionList();
        Payload fields = ListOf(recorded, out int count);
        int bytes = recorded.PointerBytes + (3 * sizeof(long));
        for (; count > 0 && fields.RestBytes >= bytes; count--)
        {
            ulong address = fields.ReadPointer();
            long size = fields.ReadInt64();
            ulong type = (ulong)fields.ReadInt64();
            _draft.AddObject(address, size, type, fields.ReadInt64());
        }
    }

    private void OnReferences(in RecordedEvent recorded)
    {
        Payload fields = ListOf(recorded, out int count);
        int bytes = recorded.PointerBytes + sizeof(int);
        for (; count > 0 && fields.RestBytes >= bytes; count--)
        {
            _draft.AddReference(fields.ReadPointer());
            fields.Skip(sizeof(int));
        }
    }

    private void OnRoots(in RecordedEvent recorded)
    {
        Payload fields = ListOf(recorded, out int count);
        int bytes = (2 * recorded.PointerBytes) + sizeof(byte) + sizeof(int);
        for (; count > 0 && fields.RestBytes >= bytes; count--)
        {
            ulong target = fields.ReadPointer();
            int kind = fields.ReadByte();
            int flags = fields.ReadInt32();
            fields.ReadPointer();
            if ((flags & WeakReference) == 0)
                _draft.AddRoot(target, kind <= (int)RootKind.Other ? (RootKind)kind : RootKind.Other);
        }
    }

    private void OnDependents(in RecordedEvent recorded)
    {
        Payload fields = ListOf(recorded, out int count);
        int bytes = 3 * recorded.PointerBytes;
        for (; count > 0 && fields.RestBytes >= bytes; count--)
        {
            ulong key = fields.ReadPointer();
            _draft.AddDependent(key, fields.ReadPointer());
            fields.ReadPointer();
        }
    }

    private void OnStatics(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int count = fields.ReadInt32();
        fields.Skip(sizeof(long) + sizeof(ushort));
        for (; count > 0 && fields.RestBytes > 0; count--)
        {
            fields.Skip(sizeof(long));
            ulong target = (ulong)fields.ReadInt64();
            fields.Skip(sizeof(long) + sizeof(int));
            _draft.AddStatic(target, fields.ReadText());
        }
    }

    private static Payload ListOf(in RecordedEvent recorded, out int count)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(int));
        count = fields.ReadInt32();
        fields.Skip(sizeof(ushort));
        return fields;
    }
}
