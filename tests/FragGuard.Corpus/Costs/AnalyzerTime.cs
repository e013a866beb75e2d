namespace FragGuard.Corpus.Costs;

/// <summary>What the compiler charged one analyzer in one build.</summary>
/// <param name="Assembly">The simple name of the assembly.</param>
/// <param name="Analyzer">The full name of the type.</param>
/// <param name="Ms">Milliseconds of all threads; half a one where the table says less than one.</param>
internal sealed record AnalyzerTime(string Assembly, string Analyzer, double Ms);
