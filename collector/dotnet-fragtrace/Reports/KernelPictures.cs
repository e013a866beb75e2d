using FragGuard.FragTrace.Pictures;

namespace FragGuard.FragTrace.Reports;

/// <summary>Pictures of the kernel's zones.</summary>
internal static class KernelPictures
{
    public static Picture? FreeBlocks(KernelReport report) => null;

    public static Picture? Usable(KernelReport report) => null;
}
