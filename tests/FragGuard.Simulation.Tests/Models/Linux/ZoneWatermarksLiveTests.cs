using System;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Models.Linux;
using FragGuard.Simulation.Tests.Fidelity;

namespace FragGuard.Simulation.Tests.Models.Linux;

/// <summary>The watermarks of the running kernel's zones against ours.</summary>
public sealed class ZoneWatermarksLiveTests(ITestOutputHelper output)
{
    private const string ScaleFactor = "watermark_scale_factor";

    [Fact]
    public void Watermarks_AreTheKernels()
    {
        LivePrograms.Needs(
            OperatingSystem.IsLinux() && KernelFiles.CanRead("/proc/zoneinfo"), "Watermarks are read from Linux.");
        if (Differences() > 0)
            LetTheKernelComputeAgain();

        FidelityResults.Exact(
            output, "linux-buddy", "watermarks of the running kernel", KernelFiles.Program, 3,
            "watermarks of the largest zone", Differences());
    }

    /// <summary>Managed pages may have come or gone since the kernel set the marks; writing a setting it has is an order.</summary>
    private static void LetTheKernelComputeAgain()
    {
        string file = "/proc/sys/vm/" + ScaleFactor;
        try
        {
            File.WriteAllText(file, File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LivePrograms.Missing("The watermarks are out of date, and only the administrator can renew them.");
        }
    }

    private static int Differences()
    {
        ZoneInfo[] zones = KernelFiles.Zones()
            .Where(zone => zone.Zone is not ("Movable" or "HighMem" or "Device")).ToArray();
        long lowPages = zones.Sum(zone => zone.ManagedPages);
        long minFreePages = KernelFiles.Setting("min_free_kbytes") / (Environment.SystemPageSize / 1024);
        return zones.Count(zone => zone.Watermarks != ZoneWatermarks.Of(
            zone.ManagedPages, lowPages, minFreePages, KernelFiles.Setting(ScaleFactor)));
    }
}
