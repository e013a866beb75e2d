using System.Collections.Concurrent;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>FG1003: an entry without a size is put into a cache whose size is limited, which throws.</summary>
public sealed class GiveEntriesASizeWhereOneIsLimited : MemberRule
{
    /// <summary>The rule's id.</summary>
    public const string Id = "FG1003";

    private const string Title = "An entry has no size though its cache has a size limit";

    private const string Description =
        "A memory cache with a SizeLimit throws InvalidOperationException when an entry without Size is put. Sizes are in the "
        + "unit of the limit, which the program chooses: bytes, or 1 for each entry.";

    private static readonly DiagnosticDescriptor OwnCache = Descriptors.Rule(
        id: Id,
        title: Title,
        message: "Cache '{0}' has a SizeLimit, and this entry no Size: putting it throws InvalidOperationException. Set Size, "
            + "in the unit of the limit.",
        category: Category.SharedCaches,
        severity: DiagnosticSeverity.Warning,
        description: Description);

    private static readonly DiagnosticDescriptor InjectedCache = Descriptors.Rule(
        id: Id,
        title: Title,
        message: "The injected cache '{0}' has the SizeLimit of {1}, and this entry no Size: putting it throws "
            + "InvalidOperationException. Set Size, in the unit of the limit.",
        category: Category.SharedCaches,
        severity: DiagnosticSeverity.Info,
        description: Description,
        WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The rule.</summary>
    public GiveEntriesASizeWhereOneIsLimited()
        : base(OwnCache, InjectedCache)
    {
    }

    internal override bool SpeaksAtEnd => true;

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        Mentioned.CachePut | Mentioned.SizeLimit;

    internal override void Register(WatchedMembers members, KnownSymbols symbols)
    {
        if (symbols["Microsoft.Extensions.Caching.Memory.MemoryCacheOptions"] is null)
            return;
        SourceBodies bodies = symbols.Bodies;
        ConcurrentBag<(Location Put, string Cache)> injected = [];
        ConcurrentBag<Location> limits = [];
        members.Watch(Mentioned.CachePut, operation => Analyze(operation, bodies, injected), OperationKind.Invocation);
        members.Watch(Mentioned.SizeLimit, operation => Collect(operation, limits), OperationKind.SimpleAssignment);
        members.AtEnd(end =>
        {
            if (limits.OrderBy(limit => limit.SourceTree?.FilePath, System.StringComparer.Ordinal).ThenBy(limit => limit.SourceSpan).FirstOrDefault() is not { } limit)
                return;
            FileLinePositionSpan span = limit.GetMappedLineSpan();
            string place = $"{span.Path.Substring(span.Path.LastIndexOfAny(['/', '\\']) + 1)}:{span.StartLinePosition.Line + 1}";
            foreach ((Location put, string cache) in injected)
                end.ReportDiagnostic(Diagnostic.Create(InjectedCache, put, [limit], cache, place));
        });
    }

    /// <summary>A limit for the cache that dependency injection hands out is set in the delegate that configures it.</summary>
    private static void Collect(OperationAnalysisContext context, ConcurrentBag<Location> limits)
    {
        if (context.Operation is ISimpleAssignmentOperation assignment
            && MemoryCacheOrigins.IsLimit(assignment)
            && assignment.Target is IPropertyReferenceOperation { Instance: IParameterReferenceOperation { Parameter: { } options } }
            && options.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction }
            && options.Type.FullName() is "Microsoft.Extensions.Caching.Memory.MemoryCacheOptions"
            && MemoryCacheOrigins.OfLimit(assignment) is MemoryCacheOrigin.Limited)
        {
            limits.Add(assignment.Syntax.GetLocation());
        }
    }

    private static void Analyze(
        OperationAnalysisContext context, SourceBodies bodies, ConcurrentBag<(Location Put, string Cache)> injected)
    {
        IInvocationOperation put = (IInvocationOperation)context.Operation;
        if (!MemoryPuts.IsPut(put) || MemoryPuts.ReceiverOf(put) is not { } receiver)
            return;
        SizeInference sizes = new(bodies, context.CancellationToken);
        if (CacheReference.Resolve(receiver, sizes, Frame.Entry) is not { } cache)
            return;
        MemoryCacheOrigin origin = new MemoryCacheOrigins(bodies, sizes, context.CancellationToken).Of(receiver, cache);
        if (origin is not (MemoryCacheOrigin.Limited or MemoryCacheOrigin.Injected))
            return;
        if (!new EntrySettingsReader(bodies, sizes, context.CancellationToken).Read(put).LacksSize)
            return;
        if (origin is MemoryCacheOrigin.Injected)
            injected.Add((CachePut.LocationOf(put), cache.Name));
        else
            context.ReportDiagnostic(Diagnostic.Create(OwnCache, CachePut.LocationOf(put), cache.Name));
    }
}
