using System;
using System.IO;

namespace FragGuard.Simulation.Tests;

/// <summary>The text workloads of the samples folder, copied next to the tests.</summary>
internal static class Samples
{
    public static string PathOf(string workload) => Path.Combine(AppContext.BaseDirectory, "workloads", workload);
}
