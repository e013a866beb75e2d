using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers;

/// <summary>Symbols by metadata name and words of the source texts, looked up at most once per compilation, for all rules.</summary>
internal sealed class KnownSymbols
{
    private static readonly ConditionalWeakTable<Compilation, KnownSymbols> Known = new();

    private readonly Compilation _compilation;
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _types = new(StringComparer.Ordinal);
    private readonly object _reading = new();
    private CompilationMentions? _mentions;
    private bool? _mayHaveAnnotatedReferences;
    private bool? _hasAnnotatedReferences;
    private NamesOfOptions? _names;

    public KnownSymbols(Compilation compilation)
    {
        _compilation = compilation;
        Bodies = new SourceBodies(compilation);
        Callees = new CalleeBodies(compilation, Bodies);
    }

    public Compilation Compilation => _compilation;

    /// <summary>The bodies of the compilation, bound at most once for all rules.</summary>
    public SourceBodies Bodies { get; }

    /// <summary>What all rules ask of the methods that are passed something to follow.</summary>
    public CalleeBodies Callees { get; }

    /// <summary>The type, or null when the compilation does not reference it.</summary>
    public INamedTypeSymbol? this[string metadataName] =>
        _types.TryGetValue(metadataName, out INamedTypeSymbol? known)
            ? known
            : _types.GetOrAdd(metadataName, _compilation.GetTypeByMetadataName);

    public static KnownSymbols Of(Compilation compilation) => Known.GetValue(compilation, found => new KnownSymbols(found));

    /// <summary>True when what referenced assemblies declare may bear our annotations.</summary>
    public bool HasAnnotatedReferences
    {
        get
        {
            lock (_reading)
                return _hasAnnotatedReferences ??= MayHaveAnnotatedReferences && AnnotatedReferences.Any(_compilation);
        }
    }

    /// <summary>The same as far as the names of the references tell, which takes no look at any.</summary>
    public bool MayHaveAnnotatedReferences
    {
        get
        {
            lock (_reading)
                return _mayHaveAnnotatedReferences ??= AnnotatedReferences.MayBeAny(_compilation);
        }
    }

    /// <summary>The names that the option has in any file.</summary>
    public string[] NamesAnywhere(AnalyzerOptions options, string key)
    {
        AnalyzerConfigOptionsProvider provider = options.AnalyzerConfigOptionsProvider;
        lock (_reading)
        {
            if (_names?.Provider != provider)
                _names = new(provider);
            return _names.Anywhere(key, _compilation);
        }
    }

    /// <summary>The words that tell where in the sources a rule has to look.</summary>
    public CompilationMentions Mentions(CancellationToken cancellation)
    {
        lock (_reading)
            return _mentions ??= CompilationMentions.Of(_compilation, cancellation);
    }
}
