using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers;

/// <summary>The names that options have in any file of a compilation. Plain loops: all rules that name types wait for them.</summary>
internal sealed class NamesOfOptions
{
    private readonly Dictionary<string, string[]> _known = new(StringComparer.Ordinal);

    public NamesOfOptions(AnalyzerConfigOptionsProvider provider) => Provider = provider;

    public AnalyzerConfigOptionsProvider Provider { get; }

    /// <summary>Each name once, in the order of the files.</summary>
    public string[] Anywhere(string key, Compilation compilation)
    {
        if (!_known.TryGetValue(key, out string[]? names))
            _known.Add(key, names = Read(key, compilation));
        return names;
    }

    private string[] Read(string key, Compilation compilation)
    {
        List<string>? found = null;
        string? last = null;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            AnalyzerConfigOptions options = Provider.GetOptions(tree);
            if (!options.TryGetValue(key, out string? text) || ReferenceEquals(text, last))
                continue;
            last = text;
            found ??= [];
            foreach (string name in OptionValues.Names(options, key))
            {
                if (!found.Contains(name))
                    found.Add(name);
            }
        }

        return found?.ToArray() ?? [];
    }
}
