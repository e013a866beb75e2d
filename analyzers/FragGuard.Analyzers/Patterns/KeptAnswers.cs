using System;
using System.Collections.Concurrent;

namespace FragGuard.Analyzers.Patterns;

/// <summary>
/// The answers of a pure function: an edit in the IDE that leaves the sizes alone simulates nothing. The key says all
/// that the answer depends on.
/// </summary>
internal sealed class KeptAnswers<TAnswer>
    where TAnswer : class
{
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<string, TAnswer?> _kept = new(StringComparer.Ordinal);

    public TAnswer? Of(string key, Func<TAnswer?> ask)
    {
        if (_kept.Count > MostKept)
            _kept.Clear();
        return _kept.GetOrAdd(key, _ => ask());
    }
}
