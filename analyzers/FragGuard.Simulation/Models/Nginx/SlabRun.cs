namespace FragGuard.Simulation.Models.Nginx;

/// <summary>Adjacent free pages that the pool keeps as one.</summary>
/// <param name="Page">Index of the first.</param>
/// <param name="Pages">How many.</param>
public readonly record struct SlabRun(int Page, int Pages);
