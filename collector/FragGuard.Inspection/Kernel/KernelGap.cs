namespace FragGuard.Inspection.Kernel;

/// <summary>Something that could not be read, and what it takes to read it.</summary>
/// <param name="Source">A path.</param>
/// <param name="Reason">One sentence without a full stop.</param>
public sealed record KernelGap(string Source, string Reason);
