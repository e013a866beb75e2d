namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What a method does to one of its parameters. A class: collections of structures are compiled anew in every compiler process.</summary>
internal sealed record CalleeSummary(CalleeEffect Effect);
