using System.Collections.Generic;

namespace FragGuard.FragTrace.Building;

/// <summary>A program ready to be launched, and the findings files of its build.</summary>
/// <param name="Name">Name shown to the user.</param>
/// <param name="AssemblyPath">The managed entry assembly.</param>
/// <param name="SarifPaths">One SARIF file per project that was built; empty for a ready-made assembly.</param>
public sealed record BuiltProgram(string Name, string AssemblyPath, IReadOnlyList<string> SarifPaths);
