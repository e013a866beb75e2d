using System;
using System.Collections.Generic;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>The model against Microsoft.Extensions.ObjectPool, in a child process that believes it has 4 processors.</summary>
public sealed class ObjectPoolLiveTests(ITestOutputHelper output)
{
    private const string Program = "Microsoft.Extensions.ObjectPool 10";

    [Theory]
    [InlineData(1, 6, null, null)]
    [InlineData(2, 30, null, null)]
    [InlineData(3, 30, "1", null)]
    [InlineData(4, 60, "20", "3000")]
    [InlineData(5, 10, "0", null)]
    public void RandomGets_GiveTheSameObjects(ulong seed, int outstanding, string? retained, string? limit)
    {
        AllocationTrace trace = PoolReplay.Rents(seed, outstanding, maxBytes: 4_000);
        Dictionary<string, string> environment = new(StringComparer.Ordinal) { ["DOTNET_PROCESSOR_COUNT"] = "4" };
        List<(string, string)> settings = [];
        if (retained is not null)
        {
            environment["POOL_RETAINED"] = retained;
            settings.Add(("retained", retained));
        }

        if (limit is not null)
        {
            environment["POOL_LIMIT"] = limit;
            settings.Add(("limit", limit));
        }

        (long compared, long differences) = PoolReplay.Compare(
            PoolReplay.Create("dotnet-objectpool", [.. settings]),
            trace.Events,
            RuntimeReplay.Run("objectpool", trace, environment));

        FidelityResults.Exact(
            output, "dotnet-objectpool",
            $"random gets, at most {outstanding} out, retained {retained ?? "by default"}, limit {limit ?? "none"}, seed {seed}",
            Program, compared, "gets: which object, its length", differences);
    }
}
