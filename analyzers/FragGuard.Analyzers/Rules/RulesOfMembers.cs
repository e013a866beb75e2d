using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Rules.GcHeap;
using FragGuard.Analyzers.Rules.Native;
using FragGuard.Analyzers.Rules.Pools;
using FragGuard.Analyzers.Rules.SharedCaches;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules;

/// <summary>All rules that judge members one by one: the compiler asks for each member once for all of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class RulesOfMembers : FragGuardAnalyzer
{
    private readonly MemberRule[] _rules;

    public RulesOfMembers()
        : this(
            new BlocksOfNativeMemory(),
            new CapWhatYouKeepForReuse(),
            new DoNotAllocateLargeObjectsAgainAndAgain(),
            new DoNotMakeAPoolPerUse(),
            new DoNotMixSizesInOneBoundedPool(),
            new DoNotMixSizesInOneZone(),
            new DoNotMixSizesOnTheNativeHeap(),
            new GiveACapacityWhereTheSizeIsKnown(),
            new GiveEntriesASizeWhereOneIsLimited(),
            new HandlesThatPin(),
            new KeepOneBoundedStreamManager(),
            new KeepShortLivedArraysOffThePinnedHeap(),
            new RentedArrays(),
            new RentedMemory())
    {
    }

    public RulesOfMembers(params MemberRule[] rules)
        : base([.. rules.SelectMany(rule => rule.Reported)]) => _rules = rules;

    private protected override void Register(CompilationStartAnalysisContext context, KnownSymbols symbols)
    {
        CompilationMentions mentions = symbols.Mentions(context.CancellationToken);
        AnalyzerOptions options = context.Options;
        CancellationToken cancellation = context.CancellationToken;
        List<WatchingRule> watching = [];
        bool speaksAtEnd = false;
        Mentioned watched = Mentioned.None;
        Mentioned watchedAround = Mentioned.None;
        foreach (MemberRule rule in _rules)
        {
            Mentioned words = rule.WordsIn(mentions, symbols);
            Mentioned around = rule.WordsAround;
            if (!mentions.Any(words | around)
                || !RuleSwitch.IsOn(rule.Reported, context.Compilation, mentions, rule.WordsOfReports(mentions, symbols), cancellation))
            {
                continue;
            }

            watching.Add(new(words, around, current => Begin(rule, current)));
            watched |= words;
            watchedAround |= around;
            speaksAtEnd |= rule.SpeaksAtEnd;
        }

        if (watching.Count == 0)
            return;
        WatchingRule[] rules = [.. watching];
        context.RegisterOperationBlockStartAction(start => See(start, mentions, watched, watchedAround, rules));
        if (speaksAtEnd)
            context.RegisterCompilationEndAction(end => End(end, rules));

        WatchedMembers Begin(MemberRule rule, CancellationToken current)
        {
            WatchedMembers members = new(mentions, options, current);
            rule.Register(members, symbols);
            return members;
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void See(
        OperationBlockStartAnalysisContext start,
        CompilationMentions mentions,
        Mentioned watched,
        Mentioned watchedAround,
        WatchingRule[] rules)
    {
        MemberText text = mentions.Of(start.OperationBlocks, watched);
        Mentioned around = text.AroundTypes & watchedAround;
        if (around == Mentioned.None && !text.Has(watched))
            return;
        foreach (WatchingRule rule in rules)
        {
            if (text.Has(rule.Words) || (around & rule.Around) != Mentioned.None)
                rule.MembersFor(start.CancellationToken).See(start, text);
        }
    }

    private static void End(CompilationAnalysisContext context, WatchingRule[] rules)
    {
        foreach (WatchingRule rule in rules)
            rule.MembersIfAny?.End(context);
    }
}
