using System.Linq;
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
        WatchedMembers members = new(context, symbols);
        foreach (MemberRule rule in _rules)
        {
            if (RuleSwitch.IsOn(rule.Reported, context.Compilation, context.CancellationToken))
                rule.Register(members, symbols);
        }

        members.Start();
    }
}
