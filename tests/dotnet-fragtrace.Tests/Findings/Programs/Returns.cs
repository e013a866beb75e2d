using System;
using System.Buffers;

namespace Verdicts;

/// <summary>Returns behind a failure: of arrays that were returned before it, and of arrays that were not.</summary>
internal static class Returns
{
    private static readonly ArrayPool<byte> Other = ArrayPool<byte>.Create(1 << 20, 16);

    public static void Run()
    {
        for (int i = 0; i < 20; i++)
        {
            Twice();
            Once();
            Quiet();
            ToAnother();
        }
    }

    private static void Twice()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(3_000);
        try
        {
            buffer[0] = 1;
            ArrayPool<byte>.Shared.Return(buffer);
            Fail("after the return");
        }
        catch (InvalidOperationException)
        {
            ArrayPool<byte>.Shared.Return(buffer); // FG2003
        }
    }

    private static void Once()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(6_000);
        try
        {
            Fail("before the return");
            ArrayPool<byte>.Shared.Return(buffer);
            Fail("never");
        }
        catch (InvalidOperationException)
        {
            ArrayPool<byte>.Shared.Return(buffer); // fg2003
        }
    }

    private static void Quiet()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(12_000);
        try
        {
            ArrayPool<byte>.Shared.Return(buffer);
            Fail(null);
        }
        catch (InvalidOperationException)
        {
            ArrayPool<byte>.Shared.Return(buffer); // quiet
        }
    }

    private static void ToAnother()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(48_000);
        buffer[0] = 1;
        Other.Return(buffer); // FG2006
    }

    private static void Fail(string? why)
    {
        if (why is not null)
            throw new InvalidOperationException(why);
    }
}
