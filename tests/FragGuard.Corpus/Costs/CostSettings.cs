using System.Collections.Immutable;
using System.IO;

namespace FragGuard.Corpus.Costs;

/// <summary>What is measured, and on what.</summary>
/// <param name="Sources">The folder whose sources are one compilation.</param>
/// <param name="Symbols">Preprocessor symbols besides those of the SDK.</param>
/// <param name="Rules">Ids of the rules that are measured one by one.</param>
/// <param name="Builds">Builds of one compiler process.</param>
/// <param name="Others">Folders of analyzers to be held against.</param>
/// <param name="Config">A global analyzer config for those; null for their own defaults.</param>
/// <param name="Pairs">Pairs of warm builds that tell what each rule adds to all others; none where that is not asked.</param>
/// <param name="Profile">Whether a profiler takes the row of many rules apart while all analyzers run.</param>
internal sealed record CostSettings(
    DirectoryInfo Sources,
    ImmutableArray<string> Symbols,
    ImmutableArray<string> Rules,
    int Builds,
    ImmutableArray<DirectoryInfo> Others,
    FileInfo? Config,
    int Pairs = 0,
    bool Profile = false);
