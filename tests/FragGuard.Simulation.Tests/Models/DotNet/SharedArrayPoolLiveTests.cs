using System;
using System.Globalization;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against the pool of the runtime that runs this test, on one thread of a child process.</summary>
public sealed class SharedArrayPoolLiveTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 20, 100_000)]
    [InlineData(2, 400, 5_000)]
    [InlineData(3, 400, 300)]
    public void RandomRents_GetTheSameArrays(ulong seed, int outstanding, long maxBytes)
    {
        AllocationTrace trace = PoolReplay.Rents(seed, outstanding, maxBytes);
        (long compared, long differences) = PoolReplay.Compare(
            PoolReplay.Create(
                "dotnet-arraypool-shared", ("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture))),
            trace.Events,
            RuntimeReplay.Run("arraypool", trace, RuntimeReplay.Defaults));

        FidelityResults.Exact(
            output, "dotnet-arraypool-shared", $"random rents up to {maxBytes} bytes, one thread, seed {seed}",
            RuntimeInformation.FrameworkDescription, compared, "rents: which array, its length", differences);
    }
}
