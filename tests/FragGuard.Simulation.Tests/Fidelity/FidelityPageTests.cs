using System;
using System.Linq;
using FragGuard.Simulation.Models;

namespace FragGuard.Simulation.Tests.Fidelity;

public sealed class FidelityPageTests
{
    [Fact]
    public void Page_IsGeneratedFromTheKeptRows()
    {
        FidelityResults.WritePage();
        Assert.Equal(FidelityResults.GeneratedPage(), FidelityResults.KeptPage(), StringComparer.Ordinal);
    }

    [Fact]
    public void EveryModel_WasHeldAgainstTheRealProgram() =>
        Assert.Equal(AllocatorModels.All.Select(info => info.Name), FidelityResults.Models, StringComparer.Ordinal);

    [Fact]
    public void EveryRow_KeepsItsBound() => Assert.All(
        FidelityResults.Models.SelectMany(FidelityResults.Of), row => Assert.True(row.Found <= row.Bound, row.ToString()));
}
