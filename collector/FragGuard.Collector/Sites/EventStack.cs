using System;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Tracing;

namespace FragGuard.Collector.Sites;

/// <summary>
/// The call stack that came with an event: return addresses, innermost first. The event library hands stacks out only
/// through its conversion to a second file format; this reads them where it keeps them, in the extended data of the
/// native event record (EVENT_RECORD of evntcons.h, 64-bit layout).
/// </summary>
internal static class EventStack
{
    private const int ExtendedDataCountOffset = 84;
    private const int ExtendedDataOffset = 88;
    private const int ItemBytes = 16;
    private const int MatchIdBytes = 8;
    private const int StackTrace64 = 6;
    private const int MaxFrames = 1024;

    private static readonly Func<TraceEvent, nint>? RecordOf = CompileRecordOf();

    /// <summary>Whether stacks can be read at all with the event library in use.</summary>
    public static bool IsSupported => RecordOf is not null && nint.Size == 8;

    /// <summary>The stack of the event being dispatched; valid only until its handler returns.</summary>
    public static unsafe ReadOnlySpan<ulong> Of(TraceEvent data)
    {
        if (!IsSupported)
            return [];

        byte* record = (byte*)RecordOf!(data);
        if (record is null)
            return [];

        int count = *(ushort*)(record + ExtendedDataCountOffset);
        byte* items = *(byte**)(record + ExtendedDataOffset);
        for (int i = 0; i < count && items is not null; i++)
        {
            byte* item = items + (i * ItemBytes);
            int type = *(ushort*)(item + 2);
            int bytes = *(ushort*)(item + 6);
            if (type != StackTrace64 || bytes <= MatchIdBytes)
                continue;

            byte* addresses = *(byte**)(item + 8) + MatchIdBytes;
            int frames = Math.Min((bytes - MatchIdBytes) / sizeof(ulong), MaxFrames);
            return new ReadOnlySpan<ulong>(addresses, frames);
        }

        return [];
    }

    private static Func<TraceEvent, nint>? CompileRecordOf()
    {
        FieldInfo? field = typeof(TraceEvent).GetField(
            "eventRecord", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
        if (field is null || !field.FieldType.IsPointer || !BitConverter.IsLittleEndian
            || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
        {
            return null;
        }

        DynamicMethod method = new("EventRecordOf", typeof(nint), [typeof(TraceEvent)], typeof(TraceEvent).Module, skipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Conv_I);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<TraceEvent, nint>>();
    }
}
