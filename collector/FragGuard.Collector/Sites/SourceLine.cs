namespace FragGuard.Collector.Sites;

/// <summary>A place in source code.</summary>
/// <param name="Line">1-based; 0 when only the method is known.</param>
/// <param name="FirstLine">First line of the method's body.</param>
/// <param name="LastLine">Last line of the method's body.</param>
internal readonly record struct SourceLine(string File, int Line, int FirstLine, int LastLine);
