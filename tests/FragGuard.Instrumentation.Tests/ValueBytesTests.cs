using System;
using System.Collections.Generic;
using System.IO;

namespace FragGuard.Instrumentation.Tests;

public class ValueBytesTests
{
    public static TheoryData<object?, long> KnownValues => new()
    {
        { new byte[5], 5 },
        { new int[5], 20 },
        { new double[2], 16 },
        { "four", 8 },
        { new ReadOnlyMemory<byte>(new byte[9], 1, 7), 7 },
        { new Memory<byte>(new byte[9], 1, 6), 6 },
        { new ArraySegment<byte>(new byte[9], 1, 5), 5 },
        { "four".AsMemory(), 8 },
        { new Memory<char>(['f', 'o', 'u', 'r']), 8 },
        { new MemoryStream(64), 64 },
        { new List<byte[]> { new byte[3], new byte[4] }, 7 },
        { new[] { new byte[3], new byte[4] }, 7 },
    };

    public static TheoryData<object?> UnknownValues =>
        new() { (object?)null, 1, new object(), new[] { "a" }, new int[2, 2] };

    [Theory, MemberData(nameof(KnownValues))]
    public void KnownValue_HasItsPayloadBytes(object? value, long bytes) => Assert.Equal(bytes, ValueBytes.Of(value));

    [Theory, MemberData(nameof(UnknownValues))]
    public void OtherValue_IsUnknown(object? value) => Assert.Equal(ValueBytes.Unknown, ValueBytes.Of(value));
}
