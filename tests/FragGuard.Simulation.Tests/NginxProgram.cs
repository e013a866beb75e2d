using System.Collections.Generic;

namespace FragGuard.Simulation.Tests;

/// <summary>An installed nginx.</summary>
/// <param name="Path">The program.</param>
/// <param name="Modules">Modules that lua needs, in the order in which they are loaded.</param>
internal sealed record NginxProgram(string Path, IReadOnlyList<string> Modules);
