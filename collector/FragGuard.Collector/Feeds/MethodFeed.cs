using System;
using FragGuard.Collector.Events;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Feeds;

/// <summary>Modules, methods and where their machine code lies: what turns a stack into names and lines.</summary>
internal sealed class MethodFeed
{
    /// <summary>Loader 0x8, JIT 0x10, precompiled code 0x20, IL maps 0x20000.</summary>
    public const long Keywords = 0x8 | 0x10 | 0x20 | 0x20000;

    // The entry count of an IL map comes from the stream.
    private const int MaxMapEntries = 32 * 1024;
    private const int FirstModuleWithPdb = 2;

    private readonly MethodMap _methods;

    public MethodFeed(EventRouter router, MethodMap methods)
    {
        _methods = methods;
        router.On(RuntimeEvents.Provider, RuntimeEvents.ModuleLoad, OnModule);
        router.On(RuntimeEvents.Provider, RuntimeEvents.MethodLoadVerbose, OnMethod);
        router.On(RuntimeEvents.Provider, RuntimeEvents.MapLoad, OnMap);
        router.On(RuntimeEvents.Rundown, RuntimeEvents.ModuleListed, OnModule);
        router.On(RuntimeEvents.Rundown, RuntimeEvents.MethodListedVerbose, OnListedMethod);
        router.On(RuntimeEvents.Rundown, RuntimeEvents.MapListed, OnListedMap);
    }

    private void OnModule(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        long module = fields.ReadInt64();
        fields.Skip(sizeof(long) + (2 * sizeof(int)));
        string path = fields.ReadText();
        fields.ReadText();
        fields.Skip(sizeof(ushort));
        Guid pdb = recorded.Version >= FirstModuleWithPdb ? fields.ReadGuid() : Guid.Empty;
        _methods.AddModule(module, new RecordedModule(path, pdb == Guid.Empty ? null : pdb));
    }

    private void OnMethod(in RecordedEvent recorded)
    {
        if (ReadCode(recorded) is { } code)
            _methods.AddCode(code);
    }

    private void OnListedMethod(in RecordedEvent recorded)
    {
        if (ReadCode(recorded) is { } code)
            _methods.AddListedCode(code);
    }

    private void OnMap(in RecordedEvent recorded)
    {
        if (ReadMap(recorded) is { } map)
            _methods.AddMap((ulong)recorded.Fields.ReadInt64(), map);
    }

    private void OnListedMap(in RecordedEvent recorded)
    {
        if (ReadMap(recorded) is { } map)
            _methods.AddListedMap((ulong)recorded.Fields.ReadInt64(), map);
    }

    private static MethodCode? ReadCode(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        ulong method = (ulong)fields.ReadInt64();
        long module = fields.ReadInt64();
        ulong start = (ulong)fields.ReadInt64();
        uint bytes = (uint)fields.ReadInt32();
        int token = fields.ReadInt32();
        fields.Skip(sizeof(int));
        string type = fields.ReadName();
        return bytes <= int.MaxValue ? new MethodCode(start, start + bytes, method, module, token, type, fields.ReadName()) : null;
    }

    private static CodeMap? ReadMap(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip((2 * sizeof(long)) + sizeof(byte));
        int count = fields.ReadInt16();
        if (count is 0 or > MaxMapEntries || fields.RestBytes < 2 * count * sizeof(int))
            return null;

        int[] ilOffsets = ReadOffsets(ref fields, count);
        return new CodeMap(ilOffsets, ReadOffsets(ref fields, count));
    }

    private static int[] ReadOffsets(ref Payload fields, int count)
    {
        int[] offsets = new int[count];
        for (int i = 0; i < count; i++)
            offsets[i] = fields.ReadInt32();
        return offsets;
    }
}
