using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>
/// The watched words of all texts of a compilation. A text is read once for all rules, and not again before it is edited,
/// since trees never change, nor by the next compilations of the process.
/// </summary>
internal sealed class CompilationMentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, TextMentions> Known = new();

    private const int KeptLast = 64; // a power of two

    private readonly Dictionary<SyntaxTree, TextMentions> _mentioning;

    /// <summary>One member after the other is of the same file.</summary>
    private readonly FileText?[] _keptLast = new FileText?[KeptLast];

    /// <summary>What the texts mention that may have a global alias: it may be meant in any other text.</summary>
    private readonly Mentioned _aliased;

    /// <summary>What the texts mention that may declare types in parts.</summary>
    private readonly Mentioned _inParts;

    private CompilationMentions(Dictionary<SyntaxTree, TextMentions> mentioning)
    {
        _mentioning = mentioning;
        foreach (TextMentions text in mentioning.Values)
        {
            All |= text.All;
            if (text.HasGlobalUsing)
                _aliased |= text.All;
            HasGlobalAlias |= text.HasGlobalUsing && (text.All & Mentioned.Alias) != Mentioned.None;
            if ((text.All & Mentioned.Partial) != Mentioned.None)
                _inParts |= text.All;
        }
    }

    public static CompilationMentions None { get; } = new([]);

    /// <summary>True when a type may have another name in all texts.</summary>
    public bool HasGlobalAlias { get; }

    /// <summary>All that any text mentions.</summary>
    public Mentioned All { get; }

    /// <summary>Mentions of <see cref="WatchedWords"/>.</summary>
    public static CompilationMentions Of(Compilation compilation, CancellationToken cancellation) =>
        Of(compilation, tree => Watched(tree, cancellation), cancellation);

    /// <summary>Mentions of other words, read anew.</summary>
    public static CompilationMentions Of(Compilation compilation, Vocabulary vocabulary, CancellationToken cancellation) =>
        Of(compilation, tree => TextMentions.Of(tree.GetText(cancellation), vocabulary), cancellation);

    /// <summary>True when any text has one of the words.</summary>
    public bool Any(Mentioned words) => words == WatchedWords.Anything || (All & words) != Mentioned.None;

    /// <summary>What the text of one member mentions.</summary>
    /// <param name="blocks">Its operations, all in one file.</param>
    /// <param name="words">The words that are asked for: in a file without any, it is not looked which others the member has.</param>
    [MethodImpl(HotLoop.Options)]
    public MemberText Of(ImmutableArray<IOperation> blocks, Mentioned words = WatchedWords.Anything)
    {
        TextMentions? file = FileOf(blocks[0].Syntax.SyntaxTree);
        Mentioned inside = Mentioned.None;
        if (file is null || (file.All & words) == Mentioned.None)
            return new(this, blocks, file, inside);
        foreach (IOperation block in blocks)
            inside |= file.Inside(block.Syntax.FullSpan);
        return new(this, blocks, file, inside);
    }

    /// <summary>True when the text of one of the operations has one of the words.</summary>
    public bool Any(ImmutableArray<IOperation> blocks, Mentioned words) => Any(words) && Of(blocks, words).Has(words);

    /// <summary>True when the text of the member, or of a part of it, has one of the words.</summary>
    public bool Any(ISymbol member, Mentioned words)
    {
        ImmutableArray<SyntaxReference> parts =
            ((member as IMethodSymbol)?.PartialImplementationPart ?? member).DeclaringSyntaxReferences;
        foreach (SyntaxReference part in parts)
        {
            if (_mentioning.TryGetValue(part.SyntaxTree, out TextMentions text) && text.Any(part.Span, words))
                return true;
        }

        return false;
    }

    /// <summary>All that the files mention that declare the type, or a type or a member inside it.</summary>
    public Mentioned Around(INamedTypeSymbol type)
    {
        Mentioned all = Mentioned.None;
        foreach (SyntaxReference part in type.DeclaringSyntaxReferences)
        {
            if (_mentioning.TryGetValue(part.SyntaxTree, out TextMentions text))
                all |= text.All;
        }

        return all;
    }

    /// <summary>All that the file mentions, and those that may declare other parts of its types.</summary>
    public Mentioned AroundTypesIn(TextMentions? file) =>
        file is null ? Mentioned.None
        : (file.All & Mentioned.Partial) != Mentioned.None ? file.All | _inParts
        : file.All;

    /// <summary>All that the files name, by an alias or not, that declare the type, or a type or a member inside it.</summary>
    public Mentioned NamesAround(INamedTypeSymbol type) => _aliased | Around(type);

    /// <summary>All that the file names, by an alias or not.</summary>
    public Mentioned NamesIn(TextMentions? file) => file is null ? _aliased : _aliased | file.All;

    /// <summary>The files that have one of the words; all files where any can matter.</summary>
    public IEnumerable<SyntaxTree> FilesWith(Mentioned words, Compilation compilation)
    {
        if (words == WatchedWords.Anything)
            return compilation.SyntaxTrees;
        List<SyntaxTree> files = [];
        foreach (KeyValuePair<SyntaxTree, TextMentions> pair in _mentioning)
        {
            if ((pair.Value.All & words) != Mentioned.None)
                files.Add(pair.Key);
        }

        return files;
    }

    /// <summary>Where the words are.</summary>
    public IEnumerable<(SyntaxTree Tree, int Start)> Places(Mentioned words) =>
        from pair in _mentioning
        where (pair.Value.All & words) != Mentioned.None
        from start in pair.Value.Places(words)
        select (pair.Key, start);

    [MethodImpl(HotLoop.Options)]
    private TextMentions? FileOf(SyntaxTree tree)
    {
        int slot = RuntimeHelpers.GetHashCode(tree) & (KeptLast - 1);
        if (_keptLast[slot] is { } last && ReferenceEquals(last.Tree, tree))
            return last.File;
        _mentioning.TryGetValue(tree, out TextMentions? file);
        _keptLast[slot] = new(tree, file);
        return file;
    }

    private static CompilationMentions Of(
        Compilation compilation, Func<SyntaxTree, TextMentions> read, CancellationToken cancellation)
    {
        Dictionary<SyntaxTree, TextMentions> mentioning = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            TextMentions text = read(tree);
            if (text.All != Mentioned.None)
                mentioning.Add(tree, text);
        }

        return new(mentioning);
    }

    private static TextMentions Watched(SyntaxTree tree, CancellationToken cancellation) =>
        Known.TryGetValue(tree, out TextMentions? known)
            ? known
            : Known.GetValue(tree, missing => KeptTexts.OfProcess.Of(missing.GetText(cancellation)));

    /// <summary>A file, and what it mentions; null for nothing.</summary>
    private sealed record FileText(SyntaxTree Tree, TextMentions? File);
}
