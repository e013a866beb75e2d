using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Mentions;

/// <summary>What the text of one member mentions, and the files that may declare parts of the types around it.</summary>
internal readonly struct MemberText
{
    private readonly CompilationMentions _mentions;
    private readonly ImmutableArray<IOperation> _blocks;

    public MemberText(CompilationMentions mentions, ImmutableArray<IOperation> blocks, TextMentions? file, Mentioned inside)
    {
        _mentions = mentions;
        _blocks = blocks;
        File = file;
        Inside = inside;
    }

    /// <summary>All that the text of the member mentions.</summary>
    public Mentioned Inside { get; }

    /// <summary>All that the files mention which may declare parts of the types around the member.</summary>
    public Mentioned AroundTypes => _mentions.AroundTypesIn(File);

    /// <summary>The file, or null when it mentions nothing.</summary>
    private TextMentions? File { get; }

    /// <summary>True when the member has one of the words.</summary>
    public bool Has(Mentioned words) => words == WatchedWords.Anything || (Inside & words) != Mentioned.None;

    /// <summary>True when the file names one of those, by an alias or not.</summary>
    public bool MayName(Mentioned words) => (_mentions.NamesIn(File) & words) != Mentioned.None;

    /// <summary>True when a type may have another name in the file.</summary>
    public bool HasAlias => _mentions.HasGlobalAlias || (File is not null && (File.All & Mentioned.Alias) != Mentioned.None);

    /// <summary>True when one of the words stands behind one of the others.</summary>
    public bool Has(Mentioned first, Mentioned then)
    {
        if (File is null || !Has(first) || !Has(then))
            return false;
        foreach (IOperation block in _blocks)
        {
            if (File.Any(block.Syntax.FullSpan, first, then))
                return true;
        }

        return false;
    }
}
