using System;

namespace FragGuard.Collector.Sites;

/// <summary>A module of the recorded process.</summary>
/// <param name="Path">Where it was on the machine that was recorded.</param>
/// <param name="PdbId">What its PDB begins its id with; null when it was not told.</param>
internal sealed record RecordedModule(string Path, Guid? PdbId);
