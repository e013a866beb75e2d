using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against <c>ArrayPool&lt;byte&gt;.Create</c> of the runtime that runs this test, in a child process.</summary>
public sealed class CreatedArrayPoolLiveTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 20, 100_000)]
    [InlineData(2, 400, 5_000)]
    [InlineData(3, 600, 300)]
    [InlineData(4, 10, 3_000_000)]
    public void RandomRents_GetTheSameArrays(ulong seed, int outstanding, long maxBytes) =>
        Compare(seed, outstanding, maxBytes, "default limits", new Dictionary<string, string>(StringComparer.Ordinal));

    [Theory]
    [InlineData(5, 40, 10_000, "4096", "3")]
    [InlineData(6, 300, 2_000, "1000", "20")]
    [InlineData(7, 60, 100, "1", "1")]
    public void RandomRents_GetTheSameArrays_UnderOtherLimits(
        ulong seed, int outstanding, long maxBytes, string length, string arrays) =>
        Compare(
            seed, outstanding, maxBytes, $"length {length}, arrays {arrays}",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["POOL_LENGTH"] = length, ["POOL_ARRAYS"] = arrays },
            ("length", length), ("arrays", arrays));

    private void Compare(
        ulong seed, int outstanding, long maxBytes, string limits, Dictionary<string, string> environment,
        params (string Key, string Value)[] settings)
    {
        AllocationTrace trace = PoolReplay.Rents(seed, outstanding, maxBytes);
        (long compared, long differences) = PoolReplay.Compare(
            PoolReplay.Create("dotnet-arraypool-create", settings),
            trace.Events,
            RuntimeReplay.Run("arraypool-create", trace, environment));

        FidelityResults.Exact(
            output, "dotnet-arraypool-create", $"random rents up to {maxBytes} bytes, {limits}, seed {seed}",
            RuntimeInformation.FrameworkDescription, compared, "rents: which array, its length", differences);
    }
}
