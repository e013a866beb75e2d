using System;
using System.Collections.Concurrent;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Analyzers.Patterns;

/// <summary>
/// The simulator's answers: an edit in the IDE that leaves the sizes alone simulates nothing. The key says all that the
/// answer depends on. What cannot be simulated, such as a model nobody knows, has the answer null.
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
        return _kept.GetOrAdd(key, _ => Answer(ask));
    }

    private static TAnswer? Answer(Func<TAnswer?> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception e) when (e is ModelSettingException or TraceException or ArgumentException)
        {
            return null;
        }
    }
}
