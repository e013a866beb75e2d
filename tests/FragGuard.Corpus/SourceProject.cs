using System.Collections.Immutable;

namespace FragGuard.Corpus;

/// <summary>Sources that are compiled together.</summary>
/// <param name="Path">The project file, or the folder of sources without one.</param>
/// <param name="Files">Paths of the C# sources.</param>
/// <param name="References">Paths of the project files that this one refers to.</param>
/// <param name="HasImplicitUsings">True when the SDK adds its usings.</param>
internal sealed record SourceProject(
    string Path, ImmutableArray<string> Files, ImmutableArray<string> References, bool HasImplicitUsings);
