using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FragGuard.Inspection.Nginx;

/// <summary>Memory that is read soon and not in the order of addresses: the processor fetches it meanwhile, where it can be asked to.</summary>
internal static class SoonRead
{
    /// <summary>A hint only: nothing is read, so it does not matter if the memory is gone or moved by then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref readonly T place)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }
}
