using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Tests.Fidelity;

public sealed class FidelityPageTests
{
    /// <summary>Models that no live test compares, and why.</summary>
    private static readonly Dictionary<string, string> NotHeld = new(StringComparer.Ordinal)
    {
        ["recyclable-streams"] = "its package is not among those the tests can rely on",
    };

    [Fact]
    public void Page_IsGeneratedFromTheKeptRows()
    {
        FidelityResults.WritePage();
        Assert.Equal(FidelityResults.GeneratedPage(), FidelityResults.KeptPage(), StringComparer.Ordinal);
    }

    [Fact]
    public void EveryModel_WasHeldAgainstTheRealProgram() =>
        Assert.Equal(
            AllocatorModels.All.Select(info => info.Name).Except(NotHeld.Keys, StringComparer.Ordinal),
            FidelityResults.Models, StringComparer.Ordinal);

    [Fact]
    public void ModelThatWasNotHeldAgainstTheRealProgram_SaysSo() => Assert.All(
        NotHeld.Keys,
        name => Assert.Contains("not compared with the running", AllocatorModels.ByName(name).Fidelity, StringComparison.Ordinal));

    [Fact]
    public void EveryRow_KeepsItsBound() => Assert.All(
        FidelityResults.Models.SelectMany(FidelityResults.Of), row => Assert.True(row.Found <= row.Bound, row.ToString()));
}
