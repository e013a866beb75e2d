using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using FragGuard.Simulation.Models;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>models --json</c> prints: the registry of allocator models.</summary>
public sealed record ModelCatalogue(IReadOnlyList<ModelRow> Models)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "fragguard.models/1";

    internal static ModelCatalogue OfRegistry() => new([.. AllocatorModels.All.Select(model => new ModelRow(
        model.Name,
        model.Allocator,
        model.Fidelity,
        model.Counting,
        model.TakesCacheEvents,
        [.. model.Settings.Select(setting => new SettingRow(setting.Key, setting.Default, setting.Meaning))]))]);
}

/// <param name="Name">The name given to <c>--model</c>.</param>
/// <param name="Allocator">The real allocator and the versions it is modelled after.</param>
/// <param name="Fidelity">What is exact and what is approximated.</param>
/// <param name="Counting">What its live, granted, committed, resident and free bytes (L, A, C, R, F) are.</param>
/// <param name="TakesCacheEvents">Whether it plays cache entries itself; otherwise each entry is one block.</param>
/// <param name="Settings">What <c>--set</c> accepts.</param>
public sealed record ModelRow(
    string Name,
    string Allocator,
    string Fidelity,
    string Counting,
    bool TakesCacheEvents,
    IReadOnlyList<SettingRow> Settings);

/// <param name="Key">The key in <c>--set key=value</c>.</param>
/// <param name="Default">Text of the default value.</param>
/// <param name="Meaning">What it means, with its unit.</param>
public sealed record SettingRow(string Key, string Default, string Meaning);
