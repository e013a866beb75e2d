using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// Runs the ownership analysis once over every member that touches a resource of one protocol, and lets those rules of the
/// protocol judge the facts that are on. A member without such a call costs no flow graph.
/// </summary>
internal abstract class OwnershipRules<TProtocol> : MemberRule
    where TProtocol : class, IOwnershipProtocol
{
    private readonly IOwnershipRule<TProtocol>[] _rules;

    protected OwnershipRules(params IOwnershipRule<TProtocol>[] rules)
        : base(rules.Select(rule => rule.Descriptor).ToArray()) => _rules = rules;

    internal sealed override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (ProtocolFrom(symbols, members.Options) is not { } protocol)
            return;
        CompilationMentions? handOvers = CompilationMentions.None;
        if (protocol is IHandedOverResources handing)
            handOvers = handing.HandOvers(members.Mentions, members.Cancellation);

        Judgement judgement = new(protocol, RulesThatAreOn(symbols, members), new CalleeSummaries());
        if (handOvers?.Any(protocol.Words) == false)
        {
            members.Watch(
                protocol.Words,
                (OperationBlockStartAnalysisContext start, in MemberText _) => Register(start, judgement));
            return;
        }

        members.WatchAll((OperationBlockStartAnalysisContext start, in MemberText text) =>
        {
            if (text.Has(protocol.Words) || handOvers?.Any(start.OperationBlocks, protocol.Words) != false)
                Register(start, judgement);
        });
    }

    /// <summary>The protocol, or null when the API it watches is not referenced.</summary>
    protected abstract TProtocol? ProtocolFrom(KnownSymbols symbols);

    /// <summary>The protocol, with what the user's options add to it.</summary>
    protected virtual TProtocol? ProtocolFrom(KnownSymbols symbols, AnalyzerOptions options) =>
        ProtocolFrom(symbols);

    private IOwnershipRule<TProtocol>[] RulesThatAreOn(KnownSymbols symbols, WatchedMembers members)
    {
        Mentioned words = WordsOfReports(members.Mentions, symbols);
        return
        [
            .. _rules.Where(rule => RuleSwitch.IsOn(
                ImmutableArray.Create(rule.Descriptor), symbols.Compilation, members.Mentions, words, members.Cancellation)),
        ];
    }

    private static void Register(OperationBlockStartAnalysisContext context, Judgement judgement)
    {
        int touched = 0;
        context.RegisterOperationAction(
            found =>
            {
                if (Touches(found.Operation, judgement.Protocol))
                    Interlocked.Increment(ref touched);
            },
            OperationKind.Invocation,
            OperationKind.ObjectCreation);
        context.RegisterOperationBlockEndAction(end =>
        {
            if (touched > 0)
                Analyze(end, judgement);
        });
    }

    private static bool Touches(IOperation operation, TProtocol protocol) =>
        protocol.Acquires(operation)
        || (operation is IInvocationOperation call
            && (protocol.GivenBackBy(call) is not null || (protocol as IHandedOverResources)?.HandsOver(call) == true));

    private static void Analyze(OperationBlockAnalysisContext context, Judgement judgement)
    {
        TProtocol protocol = judgement.Protocol;
        AnalyzerConfigOptions options =
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.OperationBlocks[0].Syntax.SyntaxTree);
        CalleeOwnership callees = new(
            context.Compilation, protocol, OwnershipOptions.Read(options), context.CancellationToken, judgement.Summaries);
        foreach (ControlFlowGraph graph in OwnershipGraphs.Of(context))
        {
            if (OwnershipAnalysis.Run(graph, context.OwningSymbol, protocol, callees) is not { } facts)
                continue;

            OwnershipMember<TProtocol> member = new(
                context.Compilation, protocol, context.OwningSymbol, graph, facts.OfAcquired(), options, context.ReportDiagnostic)
            {
                AllFacts = facts,
                Cancellation = context.CancellationToken,
            };
            foreach (IOwnershipRule<TProtocol> rule in judgement.Rules)
                rule.Judge(member);
        }
    }

    /// <summary>What judges the members of one compilation.</summary>
    private sealed record Judgement(TProtocol Protocol, IOwnershipRule<TProtocol>[] Rules, CalleeSummaries Summaries);
}
