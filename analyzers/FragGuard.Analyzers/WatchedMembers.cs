using System;
using System.Collections.Generic;
using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers;

/// <summary>The members of one compilation that any of the member rules has to see.</summary>
internal sealed class WatchedMembers
{
    private readonly CompilationStartAnalysisContext _context;
    private readonly List<(Mentioned Words, MemberAction Action)> _watches = [];

#pragma warning disable RS1012 // Registers in Start.
    public WatchedMembers(CompilationStartAnalysisContext context, KnownSymbols symbols)
#pragma warning restore RS1012
    {
        _context = context;
        Mentions = symbols.Mentions(context.CancellationToken);
    }

    /// <summary>What a rule registers for one member.</summary>
    public delegate void MemberAction(OperationBlockStartAnalysisContext start, in MemberText text);

    public CompilationMentions Mentions { get; }

    public AnalyzerOptions Options => _context.Options;

    public CancellationToken Cancellation => _context.CancellationToken;

    /// <summary>Once, after all members.</summary>
    public void AtEnd(Action<CompilationAnalysisContext> action) => _context.RegisterCompilationEndAction(action);

    /// <summary>Every member whose text has one of the words.</summary>
    public void Watch(Mentioned words, MemberAction action)
    {
        if (Mentions.Any(words))
            _watches.Add((words, action));
    }

    /// <summary>Every member, whatever its text.</summary>
    public void WatchAll(MemberAction action) => _watches.Add((~Mentioned.None, action));

    /// <summary>The operations of all members.</summary>
    public void WatchOperations(Action<OperationAnalysisContext> action, params OperationKind[] kinds) =>
        _context.RegisterOperationAction(action, kinds);

    /// <summary>The operations of those members whose text has one of the words.</summary>
    public void Watch(Mentioned words, Action<OperationAnalysisContext> action, params OperationKind[] kinds) =>
        Watch(words, (OperationBlockStartAnalysisContext start, in MemberText _) => start.RegisterOperationAction(action, kinds));

    /// <summary>Asks the compiler for the members, unless no rule has to see any.</summary>
    public void Start()
    {
        if (_watches.Count == 0)
            return;
        (Mentioned Words, MemberAction Action)[] watches = [.. _watches];
        Mentioned watched = Mentioned.None;
        foreach ((Mentioned words, _) in watches)
            watched |= words;
        bool seesAll = watched == ~Mentioned.None;
        _context.RegisterOperationBlockStartAction(start =>
        {
            MemberText text = Mentions.Of(start.OperationBlocks);
            if (!seesAll && !text.Has(watched))
                return;
            foreach ((Mentioned words, MemberAction action) in watches)
            {
                if (words == ~Mentioned.None || text.Has(words))
                    action(start, text);
            }
        });
    }
}
