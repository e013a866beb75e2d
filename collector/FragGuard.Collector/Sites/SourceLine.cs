namespace FragGuard.Collector.Sites;

/// <summary>A place in source code.</summary>
/// <param name="Line">1-based; 0 when only the file is known.</param>
internal readonly record struct SourceLine(string File, int Line);
