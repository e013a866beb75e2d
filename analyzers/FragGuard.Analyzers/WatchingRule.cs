using System;
using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;

namespace FragGuard.Analyzers;

/// <summary>One rule in one compilation, which begins with the first member that can matter to it.</summary>
internal sealed class WatchingRule
{
    private readonly Once<WatchedMembers> _members;

    /// <param name="words">The words that make a member matter.</param>
    /// <param name="around">The words that make it matter where they stand in a file that may declare parts of the types around it.</param>
    /// <param name="begin">Looks up what the rule needs, and says what it watches.</param>
    public WatchingRule(Mentioned words, Mentioned around, Func<CancellationToken, WatchedMembers> begin)
    {
        Words = words;
        Around = around;
        _members = new(begin);
    }

    public Mentioned Words { get; }

    public Mentioned Around { get; }

    /// <summary>What the rule watches; null when no member mattered so far.</summary>
    public WatchedMembers? MembersIfAny => _members.IfMade;

    public WatchedMembers MembersFor(CancellationToken cancellation) => _members.Get(cancellation);
}
