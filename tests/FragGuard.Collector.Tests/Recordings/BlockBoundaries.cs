using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace FragGuard.Collector.Tests.Recordings;

/// <summary>Where the blocks of a whole recording of format version 4 or 5 begin; the last one is the end mark.</summary>
internal static class BlockBoundaries
{
    private const int HeaderBytes = 32;
    private const int NameLengthOffset = 11;
    private const int TraceBytes = 48;

    public static IReadOnlyList<int> Of(byte[] recording)
    {
        List<int> starts = [];
        int at = HeaderBytes;
        while (recording[at] == 5)
        {
            starts.Add(at);
            int nameLength = Number(recording, at + NameLengthOffset);
            bool isTrace = starts.Count == 1;
            at += NameLengthOffset + sizeof(int) + nameLength + 1;
            if (isTrace)
                at += TraceBytes + 1;
            else
                at = ((at + sizeof(int) + 3) / 4 * 4) + Number(recording, at) + 1;
        }

        starts.Add(at);
        return starts;
    }

    private static int Number(byte[] bytes, int offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
}
