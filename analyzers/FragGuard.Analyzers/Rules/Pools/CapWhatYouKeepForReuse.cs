using System.Collections.Immutable;
using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>FG2013: an object that grew is kept for reuse, however large it has become.</summary>
public sealed class CapWhatYouKeepForReuse : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG2013";

    internal const string MaxCapacityKey = "fragguard.FG2013.max_capacity";
    internal const string CapacityProperty = "fragguard.capacity";

    private static readonly DiagnosticDescriptor Rule = Descriptors.Rule(
        id: Id,
        title: "Cap what you keep for reuse",
        message: "'{0}' keeps this '{1}' at whatever capacity it has grown to, and clearing does not shrink it: each one it "
            + "keeps holds the memory of its largest use; keep only those whose {2} is at most {3:N0}{4}",
        category: Category.Pools,
        severity: DiagnosticSeverity.Warning,
        description: "Builders, lists, streams and dictionaries keep their capacity when they are cleared. In a pool without "
            + "a cap one large use after the other enlarges another object, until all of them are as large as the largest.");

    /// <summary>The rule.</summary>
    public CapWhatYouKeepForReuse()
        : base(Rule)
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        mentions.HasGlobalAlias ? WatchedWords.Anything : ReuseMentions.WordsOfCalls;

    internal override Mentioned WordsAround => ReuseMentions.WordsOfTypes;

    internal override Mentioned WordsOfReports(CompilationMentions mentions, KnownSymbols symbols) => ReuseMentions.WordsOfFiles;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        Growables growables = new(symbols);
        GiveBacks giveBacks = new(growables, symbols);
        SourceBodies bodies = symbols.Bodies;
        CapacityChecks checks = new(growables, bodies);
        ReuseEvidence evidence = new(growables, bodies);
        PoolCreations? creations = PoolCreations.From(symbols);
        bool hasPolicies = symbols["Microsoft.Extensions.ObjectPool.ObjectPool`1"] is not null;
        bool hasAdditionalPools = symbols.NamesAnywhere(members.Options, DoNotMakeAPoolPerUse.AdditionalPoolTypesKey).Length > 0;
        ReuseMentions mentions = new(growables, members.Mentions, hasAdditionalPools);
        members.WatchAll((OperationBlockStartAnalysisContext start, in MemberText text) =>
        {
            ReuseMentions.Ways ways = mentions.Around(start.OwningSymbol, text);
            if (mentions.MayKeepByCall(text, ways))
                start.RegisterOperationAction(Keep, OperationKind.Invocation);
            if ((ways & ReuseMentions.Ways.Field) != ReuseMentions.Ways.None)
                start.RegisterOperationAction(Keep, OperationKind.SimpleAssignment);
            if (giveBacks.IsPolicy(start.OwningSymbol))
                start.RegisterOperationAction(KeepByPolicy, OperationKind.MethodBody);
            if (hasPolicies && creations is not null && (ways & ReuseMentions.Ways.Pool) != ReuseMentions.Ways.None)
                start.RegisterOperationAction(KeepByCreation, OperationKind.Invocation, OperationKind.ObjectCreation);
        });

        void Keep(OperationAnalysisContext operation)
        {
            ImmutableArray<string> pools =
                hasAdditionalPools ? OptionValues.Names(Options(operation), DoNotMakeAPoolPerUse.AdditionalPoolTypesKey) : [];
            if (giveBacks.Read(operation.Operation, pools) is { } place && (place.Shelf is null || IsShelf(operation, place)))
                Analyze(operation, place, checks);
        }

        void KeepByPolicy(OperationAnalysisContext operation)
        {
            if (operation.ContainingSymbol is IMethodSymbol method && giveBacks.ReadPolicy(operation.Operation, method) is { } place)
                Analyze(operation, place, checks);
        }

        void KeepByCreation(OperationAnalysisContext operation)
        {
            if (creations.MadeBy(operation.Operation, []) is { } pool
                && giveBacks.ReadCreation(operation.Operation, pool) is { } place
                && OutermostType.Of(operation.ContainingSymbol) is { } type
                && evidence.ReturnsToAPool(place, type, operation.CancellationToken))
            {
                Analyze(operation, place, checks);
            }
        }

        bool IsShelf(OperationAnalysisContext operation, GiveBack place) =>
            OutermostType.Of(operation.ContainingSymbol) is { } type
            && evidence.IsShelf(place, type, operation.CancellationToken);
    }

    private static void Analyze(OperationAnalysisContext context, GiveBack place, CapacityChecks checks)
    {
        if (OutermostType.Of(context.ContainingSymbol) is not { } type
            || checks.AnyIn(type, place.Growable, context.CancellationToken))
        {
            return;
        }

        IOperation root = context.Operation;
        while (root.Parent is { } parent)
            root = parent;
        if (ReuseEvidence.IsSeenByOthers(place, type, root))
            return;

        int capacity = OptionValues.Count(Options(context), MaxCapacityKey) ?? Growables.DefaultCapacity(place.Growable);
        context.ReportDiagnostic(Diagnostic.Create(
            Rule,
            place.Operation.Syntax.GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add(CapacityProperty, capacity.ToString(CultureInfo.InvariantCulture)),
            place.Name,
            place.Growable.Name,
            Growables.MeasureOf(place.Growable),
            capacity.ToString("N0", CultureInfo.InvariantCulture),
            Growables.HasCapacity(place.Growable) ? "" : " before they are cleared"));
    }

    private static AnalyzerConfigOptions Options(OperationAnalysisContext context) =>
        context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Operation.Syntax.SyntaxTree);
}
