using System;

namespace FragGuard.Samples;

/// <summary>What a run did.</summary>
/// <param name="Replacements">Pages replaced after the cache was full.</param>
/// <param name="Elapsed">Time of the whole run.</param>
/// <param name="LiveBytes">Payload of all values in the cache at the end.</param>
public sealed record ChurnResult(int Replacements, TimeSpan Elapsed, long LiveBytes);
