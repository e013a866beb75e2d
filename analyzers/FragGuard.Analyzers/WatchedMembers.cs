using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers;

/// <summary>The members of one compilation that one rule has to see.</summary>
internal sealed class WatchedMembers
{
    private Watched[] _watched = [];
    private readonly List<Action<CompilationAnalysisContext>> _atEnd = [];

    public WatchedMembers(CompilationMentions mentions, AnalyzerOptions options, CancellationToken cancellation)
    {
        Mentions = mentions;
        Options = options;
        Cancellation = cancellation;
    }

    /// <summary>What a rule registers for one member.</summary>
    public delegate void MemberAction(OperationBlockStartAnalysisContext start, in MemberText text);

    public CompilationMentions Mentions { get; }

    public AnalyzerOptions Options { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Once, after all members; for rules that <see cref="MemberRule.SpeaksAtEnd"/>.</summary>
    public void AtEnd(Action<CompilationAnalysisContext> action) => _atEnd.Add(action);

    /// <summary>Every member whose text has one of the words.</summary>
    public void Watch(Mentioned words, MemberAction action) => _watched = [.. _watched, new(words, action)];

    /// <summary>Every member, whatever its text.</summary>
    public void WatchAll(MemberAction action) => Watch(WatchedWords.Anything, action);

    /// <summary>The operations of those members whose text has one of the words.</summary>
    public void Watch(Mentioned words, Action<OperationAnalysisContext> action, params OperationKind[] kinds) =>
        Watch(words, (OperationBlockStartAnalysisContext start, in MemberText _) => start.RegisterOperationAction(action, kinds));

    /// <summary>Registers for a member what the rule watches there.</summary>
    [MethodImpl(HotLoop.Options)]
    public void See(OperationBlockStartAnalysisContext start, in MemberText text)
    {
        foreach (Watched watched in _watched)
        {
            if (text.Has(watched.Words))
                watched.Action(start, text);
        }
    }

    /// <summary>Says what is left to say.</summary>
    public void End(CompilationAnalysisContext context)
    {
        foreach (Action<CompilationAnalysisContext> action in _atEnd)
            action(context);
    }

    /// <summary>What a rule registers for the members that have one of the words.</summary>
    private sealed record Watched(Mentioned Words, MemberAction Action);
}
