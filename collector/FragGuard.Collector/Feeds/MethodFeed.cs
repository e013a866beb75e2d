using System;
using FragGuard.Collector.Sites;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace FragGuard.Collector.Feeds;

/// <summary>Modules, methods and where their machine code lies: what turns a stack into names and lines.</summary>
internal sealed class MethodFeed
{
    /// <summary>Loader 0x8, JIT 0x10, precompiled code 0x20, IL maps 0x20000.</summary>
    public const long Keywords = 0x8 | 0x10 | 0x20 | 0x20000;

    // The entry count of an IL map comes from the stream.
    private const int MaxMapEntries = 32 * 1024;

    private readonly MethodMap _methods;

    public MethodFeed(TraceEventDispatcher source, ClrTraceEventParser runtime, MethodMap methods)
    {
        _methods = methods;
        runtime.LoaderModuleLoad += OnModule;
        runtime.MethodLoadVerbose += OnMethod;
        runtime.MethodILToNativeMap += OnMap;
        ClrRundownTraceEventParser rundown = new(source);
        rundown.LoaderModuleDCStop += OnModule;
        rundown.MethodDCStopVerbose += OnMethod;
        rundown.MethodILToNativeMapDCStop += OnMap;
    }

    private void OnModule(ModuleLoadUnloadTraceData data) => _methods.AddModule(data.ModuleID, data.ModuleILPath);

    private void OnMethod(MethodLoadUnloadVerboseTraceData data)
    {
        ulong start = data.MethodStartAddress;
        _methods.AddCode(new MethodCode(
            start, start + (uint)Math.Max(0, data.MethodSize), (ulong)data.MethodID, data.ModuleID, data.MethodToken,
            data.MethodNamespace, data.MethodName));
    }

    private void OnMap(MethodILToNativeMapTraceData data)
    {
        int count = Math.Min(data.CountOfMapEntries, MaxMapEntries);
        if (count <= 0 || data.EventDataLength < (2L * count * sizeof(int)))
            return;

        int[] ilOffsets = new int[count];
        int[] nativeOffsets = new int[count];
        for (int i = 0; i < count; i++)
        {
            ilOffsets[i] = data.ILOffset(i);
            nativeOffsets[i] = data.NativeOffset(i);
        }

        _methods.AddMap((ulong)data.MethodID, new CodeMap(ilOffsets, nativeOffsets));
    }
}
