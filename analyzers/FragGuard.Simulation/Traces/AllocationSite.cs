namespace FragGuard.Simulation.Traces;

/// <summary>The code that allocates.</summary>
/// <param name="Name">Method, or the name a workload gives the site.</param>
/// <param name="File">Source file, when known.</param>
/// <param name="Line">1-based line in the file; 0 when unknown.</param>
/// <param name="Type">Type of the allocated objects, when known.</param>
/// <param name="FirstLine">First line of the method's body; 0 when unknown.</param>
/// <param name="LastLine">Last line of the method's body; 0 when unknown.</param>
public sealed record AllocationSite(
    string Name, string? File = null, int Line = 0, string? Type = null, int FirstLine = 0, int LastLine = 0);
