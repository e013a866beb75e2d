namespace FragGuard.Simulation.Models;

/// <summary>One setting of a model.</summary>
/// <param name="Key">The key in <c>--set key=value</c>.</param>
/// <param name="Default">Text of the default value.</param>
/// <param name="Meaning">What it means, with its unit.</param>
public sealed record ModelSetting(string Key, string Default, string Meaning);
