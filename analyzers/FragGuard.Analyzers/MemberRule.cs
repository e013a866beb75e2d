using System.Collections.Immutable;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers;

/// <summary>
/// Base of the rules that judge members one by one. The compiler asks for each member once, whatever the number of these rules:
/// <see cref="Rules.RulesOfMembers"/> passes on only those whose text can matter.
/// </summary>
public abstract class MemberRule
{
    private protected MemberRule(params DiagnosticDescriptor[] descriptors) => Reported = ImmutableArray.Create(descriptors);

    /// <summary>What the rule reports.</summary>
    public ImmutableArray<DiagnosticDescriptor> Reported { get; }

    /// <summary>True for a rule with something to say after all members.</summary>
    internal virtual bool SpeaksAtEnd => false;

    /// <summary>
    /// The words without which no member matters to the rule, but for <see cref="WordsAround"/>; all where every member can matter,
    /// none where none can. Asked before the compiler has declared anything, so that it looks up no type and no reference.
    /// </summary>
    internal abstract Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols);

    /// <summary>
    /// The words with which every member matters where a file has one of them that may declare parts of the types around it. What
    /// the member itself mentions is told for <see cref="WordsIn"/> only.
    /// </summary>
    internal virtual Mentioned WordsAround => Mentioned.None;

    /// <summary>
    /// The words without which the rule reports nothing in a file. They decide in which files it is looked for a severity
    /// where it is off for all, so that few words make that cheap.
    /// </summary>
    internal virtual Mentioned WordsOfReports(CompilationMentions mentions, KnownSymbols symbols) => WordsIn(mentions, symbols);

    /// <summary>
    /// Says which members the rule has to see, or nothing when the API it watches is not referenced. Asked once the compiler comes
    /// to the first member that can matter.
    /// </summary>
    internal abstract void Register(WatchedMembers members, KnownSymbols symbols);
}
