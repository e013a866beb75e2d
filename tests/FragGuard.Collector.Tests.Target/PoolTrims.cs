using System;
using System.Buffers;
using System.Linq;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Tests.Target;

/// <summary>Lets full GCs make the shared pool give its arrays up; GCHighMemPercent=1 tells it that memory is short.</summary>
internal static class PoolTrims
{
    private const int Length = 1 << 17;

    /// <summary>Prints how many of the three arrays that were returned, of different lengths, are gone.</summary>
    public static void Run()
    {
        WeakReference[] returned = [.. new[] { Length, 2 * Length, 4 * Length }.Select(UseOnce)];
        for (int i = 0; i < 4; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Truth.Say("trimmed", returned.Count(array => !array.IsAlive));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseOnce(int length)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(length);
        ArrayPool<byte>.Shared.Return(array);
        return new WeakReference(array);
    }
}
