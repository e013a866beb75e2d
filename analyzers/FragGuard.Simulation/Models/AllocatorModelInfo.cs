using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models;

/// <summary>One row of the model registry.</summary>
/// <param name="Name">The name given to <c>--model</c>.</param>
/// <param name="Allocator">The real allocator and the versions it is modelled after.</param>
/// <param name="Fidelity">What is exact and what is approximated.</param>
/// <param name="Counting">What its live, granted, committed, resident and free bytes (L, A, C, R, F) are.</param>
/// <param name="TakesCacheEvents">Whether the model plays cache entries itself; otherwise they reach it as blocks.</param>
/// <param name="Settings">What <c>--set</c> accepts.</param>
/// <param name="Create">Makes an empty model.</param>
public sealed record AllocatorModelInfo(
    string Name,
    string Allocator,
    string Fidelity,
    string Counting,
    bool TakesCacheEvents,
    IReadOnlyList<ModelSetting> Settings,
    Func<ModelSettings, IAllocatorModel> Create)
{
    /// <summary>What can be changed about the allocator when it fragments.</summary>
    public ModelRemedies Remedies { get; init; } = ModelRemedies.None;
}
