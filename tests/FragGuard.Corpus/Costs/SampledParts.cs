using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Text.RegularExpressions;

namespace FragGuard.Corpus.Costs;

/// <summary>
/// Samples of a compiler's stacks that our code is on, by the part that stands outermost: a class that holds rules, or else the
/// outermost class of ours, which works for several of them.
/// </summary>
internal sealed partial class SampledParts
{
    private readonly Dictionary<string, int> _samples = new(StringComparer.Ordinal);

    private SampledParts()
    {
    }

    /// <summary>Samples by the simple name of the class.</summary>
    public IReadOnlyDictionary<string, int> Samples => _samples;

    /// <summary>Samples of all stacks, whosever code is on them.</summary>
    public int All { get; private set; }

    /// <param name="script">What <c>perf script -F ip,sym</c> prints: a frame a line, innermost first, and an empty line after each stack.</param>
    /// <param name="parts">Simple names of the classes that hold rules.</param>
    public static SampledParts Read(TextReader script, ImmutableHashSet<string> parts)
    {
        SampledParts read = new();
        List<string> ours = [];
        bool hasFrames = false;
        while (script.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                hasFrames = true;
                if (OurMethod().Match(line) is { Success: true } method)
                    ours.Add(method.Groups["class"].Value);
            }
            else if (hasFrames)
            {
                read.Add(ours, parts);
                ours.Clear();
                hasFrames = false;
            }
        }

        if (hasFrames)
            read.Add(ours, parts);
        return read;
    }

    private void Add(List<string> ours, ImmutableHashSet<string> parts)
    {
        All++;
        if (ours.Count == 0)
            return;
        string part = ours.FindLast(parts.Contains) ?? ours[^1];
        _samples[part] = _samples.GetValueOrDefault(part) + 1;
    }

    /// <summary>A method of ours as the runtime names it in its map, such as <c>[Assembly] Namespace.Class+Nested::Method(…)</c>.</summary>
    [GeneratedRegex(@"\[FragGuard\.[\w.]+\] (\w+\.)+(?<class>\w+)(`\d+)?[^:\w]*[^:]*::", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OurMethod();
}
