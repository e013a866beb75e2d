using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2016: a manager of recyclable streams that is made per use, or keeps every buffer it ever made.</summary>
public sealed class KeepOneBoundedStreamManager : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG2016";

    private const string PerUseText =
        "Every {0} makes another 'RecyclableMemoryStreamManager', whose pools are empty, so that every stream allocates blocks of "
        + "131,072 bytes; keep one manager in a 'static readonly' field";

    private const string UnboundedText =
        "This 'RecyclableMemoryStreamManager' has no limit to its free buffers, blocks of 131,072 bytes by default, and keeps the "
        + "most that were ever in use; set a limit for its small and its large pool";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "Keep one bounded stream manager",
        message: "{0}",
        category: Category.Pools,
        severity: DiagnosticSeverity.Info,
        description: "A stream manager is a pool of large buffers. Made per use it never hands one out twice; without limits, "
            + "which is the library's default, it keeps the most buffers that were in use at once for as long as it lives.");

    /// <summary>The rule.</summary>
    public KeepOneBoundedStreamManager()
        : base(Rule)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        mentions.Any(Mentioned.StreamManager) ? WatchedWords.Anything : Mentioned.None;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (StreamManagers.From(symbols) is not { } managers)
            return;
        SourceBodies bodies = symbols.Bodies;
        ConcurrentDictionary<ISymbol, bool> bounded = new(SymbolEqualityComparer.Default);
        members.Watch(
            WatchedWords.Anything,
            operation => Analyze(operation, managers, member => bounded.GetOrAdd(
                OutermostType.Of(member) ?? member, type => SetsBounds(type, managers, bodies, operation.CancellationToken))),
            OperationKind.ObjectCreation);
    }

    private static void Analyze(OperationAnalysisContext context, StreamManagers managers, System.Func<ISymbol, bool> setsBounds)
    {
        IObjectCreationOperation creation = (IObjectCreationOperation)context.Operation;
        if (!managers.IsMadeBy(creation) || (context.ContainingSymbol is IMethodSymbol method && RunsOnce.HasRunner(method)))
            return;
        if (PerUse.Of(creation, context.ContainingSymbol, StreamManagers.Takes) is { } use)
            Report(string.Format(System.Globalization.CultureInfo.InvariantCulture, PerUseText, use.Occasion));
        else if (managers.IsUnbounded(creation, Root(creation)) && !setsBounds(context.ContainingSymbol))
            Report(UnboundedText);

        void Report(string message) => context.ReportDiagnostic(Diagnostic.Create(Rule, creation.Syntax.GetLocation(), message));
    }

    /// <summary>A limit set anywhere in the type may be that of any manager it makes.</summary>
    private static bool SetsBounds(ISymbol type, StreamManagers managers, SourceBodies bodies, CancellationToken cancellation) =>
        type is INamedTypeSymbol named
        && OutermostType.Bodies(named, bodies, cancellation).Any(body =>
            body.Descendants().Any(operation =>
                operation.Parent is not IObjectOrCollectionInitializerOperation && managers.IsBound(operation)));

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }
}
