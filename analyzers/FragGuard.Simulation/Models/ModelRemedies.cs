using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models;

/// <summary>What can be changed about a model's allocator when it fragments.</summary>
/// <param name="Capacity">Key of the setting that bounds its memory in bytes; null for a heap that grows.</param>
/// <param name="Tunables">Settings worth trying one at a time.</param>
/// <param name="Rivals">Names of models of allocators that could take its place.</param>
public sealed record ModelRemedies(
    string? Capacity, IReadOnlyList<ModelTunable> Tunables, IReadOnlyList<string> Rivals)
{
    /// <summary>A heap that grows, without settings or rivals.</summary>
    public static ModelRemedies None { get; } = new(null, Array.Empty<ModelTunable>(), Array.Empty<string>());
}
