using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>
/// The watched words of all texts of a compilation. A text is read once for all rules, and not again before it is edited,
/// since trees never change.
/// </summary>
internal sealed class CompilationMentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, TextMentions> Known = new();

    private const int AskedLast = 64;

    private readonly Dictionary<SyntaxTree, TextMentions> _mentioning;
    private readonly Asked?[] _askedLast = new Asked?[AskedLast];

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
            if ((text.All & Mentioned.Partial) != Mentioned.None)
                _inParts |= text.All;
        }
    }

    public static CompilationMentions None { get; } = new([]);

    /// <summary>All that any text mentions.</summary>
    public Mentioned All { get; }

    /// <summary>Mentions of <see cref="WatchedWords"/>.</summary>
    public static CompilationMentions Of(Compilation compilation, CancellationToken cancellation) =>
        Of(compilation, tree => Watched(tree, cancellation), cancellation);

    /// <summary>Mentions of other words, read anew.</summary>
    public static CompilationMentions Of(Compilation compilation, Vocabulary vocabulary, CancellationToken cancellation) =>
        Of(compilation, tree => TextMentions.Of(tree.GetText(cancellation), vocabulary), cancellation);

    public bool Any(Mentioned words) => (All & words) != Mentioned.None;

    /// <summary>All that the text of the operations mentions.</summary>
    public Mentioned Inside(ImmutableArray<IOperation> blocks) => MentionsOf(blocks).Inside;

    /// <summary>One rule after the other asks it of the same member.</summary>
    private Asked MentionsOf(ImmutableArray<IOperation> blocks)
    {
        SyntaxNode first = blocks[0].Syntax;
        TextSpan firstSpan = first.FullSpan;
        TextSpan lastSpan = blocks.Length == 1 ? firstSpan : blocks[blocks.Length - 1].Syntax.FullSpan;
        SyntaxTree tree = first.SyntaxTree;
        int slot = (firstSpan.Start ^ (firstSpan.Start >> 6)) % AskedLast;
        if (_askedLast[slot] is { } known && known.Tree == tree && known.First == firstSpan && known.Last == lastSpan)
            return known;

        Mentioned inside = Mentioned.None;
        foreach (IOperation block in blocks)
        {
            if (_mentioning.TryGetValue(block.Syntax.SyntaxTree, out TextMentions text))
                inside |= text.Inside(block.Syntax.FullSpan);
        }

        return _askedLast[slot] = new(tree, firstSpan, lastSpan, inside, AroundTypesOf(tree));
    }

    /// <summary>True when the text of one of the operations has one of the words.</summary>
    public bool Any(ImmutableArray<IOperation> blocks, Mentioned words) => Any(words) && (Inside(blocks) & words) != Mentioned.None;

    /// <summary>True when the text of the member, or of a part of it, has one of the words.</summary>
    public bool Any(ISymbol member, Mentioned words)
    {
        ImmutableArray<SyntaxReference> parts =
            ((member as IMethodSymbol)?.PartialImplementationPart ?? member).DeclaringSyntaxReferences;
        return parts.Any(part => _mentioning.TryGetValue(part.SyntaxTree, out TextMentions text) && text.Any(part.Span, words));
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

    /// <summary>All that the files mention which may declare parts of the types around the operations.</summary>
    public Mentioned AroundTypesOf(ImmutableArray<IOperation> blocks) => MentionsOf(blocks).AroundTypes;

    private Mentioned AroundTypesOf(SyntaxTree tree) =>
        !_mentioning.TryGetValue(tree, out TextMentions text) ? Mentioned.None
        : (text.All & Mentioned.Partial) != Mentioned.None ? text.All | _inParts
        : text.All;

    /// <summary>True when a file that declares the type, or a type inside it, names one of those, by an alias or not.</summary>
    public bool MayName(INamedTypeSymbol type, Mentioned words) => ((_aliased | Around(type)) & words) != Mentioned.None;

    /// <summary>True when a file with one of the operations names one of those, by an alias or not.</summary>
    public bool MayName(ImmutableArray<IOperation> blocks, Mentioned words)
    {
        Mentioned all = _aliased;
        foreach (IOperation block in blocks)
        {
            if (_mentioning.TryGetValue(block.Syntax.SyntaxTree, out TextMentions text))
                all |= text.All;
        }

        return (all & words) != Mentioned.None;
    }

    /// <summary>Where the words are.</summary>
    public IEnumerable<(SyntaxTree Tree, int Start)> Places(Mentioned words) =>
        from pair in _mentioning
        where (pair.Value.All & words) != Mentioned.None
        from start in pair.Value.Places(words)
        select (pair.Key, start);

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
            : Known.GetValue(tree, missing => TextMentions.Of(missing.GetText(cancellation), WatchedWords.Vocabulary));

    /// <summary>What the blocks of one member mention, and the files that may declare parts of its type.</summary>
    private sealed record Asked(SyntaxTree Tree, TextSpan First, TextSpan Last, Mentioned Inside, Mentioned AroundTypes);
}
