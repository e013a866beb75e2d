namespace FragGuard.Simulation.Models;

/// <summary>One value of a setting that may lessen fragmentation.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Value">The value to try.</param>
/// <param name="Advice">How a user sets it in the real program, as an instruction.</param>
public sealed record ModelTunable(string Key, string Value, string Advice);
