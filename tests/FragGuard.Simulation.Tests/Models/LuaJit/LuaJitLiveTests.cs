using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models.LuaJit;
using FragGuard.Simulation.Tests.Fidelity;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.LuaJit;

/// <summary>The model against the allocation function of a real Lua state.</summary>
public sealed class LuaJitLiveTests(ITestOutputHelper output)
{
    private const int Operations = 250_000;

    [Theory]
    [InlineData("Mixed", 1, 0)]
    [InlineData("Mixed", 2, 11)]
    [InlineData("Small", 3, 0)]
    [InlineData("Small", 4, 12)]
    [InlineData("Stacked", 5, 0)]
    [InlineData("Stacked", 6, 13)]
    [InlineData("Stacked", 7, 14)]
    public void RandomBlocks_GetTheSameAddresses(string mix, ulong seed, ulong placementSeed)
    {
        using LuaJitDriver driver = new();
        IReadOnlyList<(int Block, long Bytes)> operations = LuaJitTraces.Draw(
            Enum.Parse<LuaJitTraces.Mix>(mix), seed, Operations);
        IReadOnlyList<string> lines = driver.Play(operations, placementSeed);
        ObservedPlacement placement = new();
        LuaJitModel model = new(LuaJitModel.DefaultRules, placement);
        long differences = 0;
        int line = 0;
        List<string> mappings = [];
        foreach (AllocationEvent next in LuaJitTraces.Events(operations))
        {
            mappings.Clear();
            for (; lines[line][0] != 'p'; line++)
                mappings.Add(lines[line]);
            placement.Begin(mappings);
            long address = long.Parse(lines[line++].AsSpan(2), CultureInfo.InvariantCulture);
            if (model.Apply(next).OffsetBytes != ObservedPlacement.Placed(address))
                differences++;
        }

        placement.Begin([]);
        if (!string.Equals(lines[line], $"s {model.VictimBytes} {model.TopBytes}", StringComparison.Ordinal))
            differences++;
        output.WriteLine(string.Join(", ", lines.GroupBy(text => text[0]).Select(group => $"{group.Key}: {group.Count()}")));

        FidelityResults.Exact(
            output, "luajit",
            $"{mix.ToLowerInvariant()} blocks, mappings placed {(placementSeed == 0 ? "by the kernel" : "at random")}, seed {seed}",
            driver.Library, operations.Count, "operations: address, every mapping; at the end top and designated victim",
            differences + placement.Differences);
    }
}
