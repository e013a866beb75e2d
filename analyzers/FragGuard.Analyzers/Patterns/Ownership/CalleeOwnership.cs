using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// Tells whether a method takes over or gives back what it is passed. A method with source is analysed itself, its parameter
/// being the resource; one without source borrows, unless an annotation or its name says that it keeps or frees what it gets.
/// </summary>
internal sealed class CalleeOwnership
{
    private const int MaximumDepth = 4;

    private static readonly ImmutableArray<string> KeepingVerbs = ImmutableArray.Create(
        "Add", "Attach", "Dispose", "Enqueue", "Free", "GiveBack", "Keep", "Push", "Put", "Recycle", "Release", "Return", "Set",
        "Store", "TryAdd", "TryEnqueue", "TryPost", "TryPush", "TryReturn", "TrySet", "TryWrite");

    private readonly Dictionary<ISymbol, CalleeSummary> _onTheWay = new(SymbolEqualityComparer.Default);
    private readonly CalleeBodies _bodies;
    private readonly IOwnershipProtocol _protocol;
    private readonly OwnershipOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly CalleeSummaries _summaries;
    private ControlFlowGraph? _caller;
    private int _depth;

    public CalleeOwnership(
        Compilation compilation,
        IOwnershipProtocol protocol,
        OwnershipOptions options,
        CancellationToken cancellation,
        CalleeSummaries? summaries = null)
    {
        _bodies = KnownSymbols.Of(compilation).Callees;
        _protocol = protocol;
        _options = options;
        _cancellation = cancellation;
        _summaries = summaries ?? new CalleeSummaries();
    }

    /// <summary>True for the method that is judged, not for those that it calls.</summary>
    public bool JudgesThrows => _options.JudgesThrows && _depth == 0;

    /// <summary>Makes the local functions of a graph known while the action runs.</summary>
    public T CalledFrom<T>(ControlFlowGraph graph, Func<T> action)
    {
        ControlFlowGraph? outer = _caller;
        _caller = graph;
        T result = action();
        _caller = outer;
        return result;
    }

    /// <summary>What the method of an extension block is called on, where its body names it; null where that is not known.</summary>
    public IParameterSymbol? ReceiverOf(IMethodSymbol method) =>
        GraphOf(method.OriginalDefinition) is { } graph ? ExtensionBlocks.ReceiverIn(graph.OriginalOperation) : null;

    public CalleeEffect EffectOn(IMethodSymbol method, IParameterSymbol parameter, bool isResource)
    {
        // A span cannot be turned back into the array that it views.
        if (parameter.Type.IsRefLikeType)
            return CalleeEffect.Borrows;
        if (OwnershipAttributes.Returns(parameter))
            return isResource ? CalleeEffect.Returns : CalleeEffect.TakesOver;
        if (OwnershipAttributes.TakesOver(parameter))
            return CalleeEffect.TakesOver;
        if (isResource && (_options.TransferAtMethodCall || method.MethodKind == MethodKind.DelegateInvoke))
            return CalleeEffect.TakesOver;
        if (_protocol.Types.IsKeptBy(method, parameter))
            return CalleeEffect.TakesOver;

        CalleeEffect effect = ExtensionBlocks.Makes(method)
            ? EffectOfBlock(method.OriginalDefinition, parameter.Ordinal)
            : EffectOn(parameter.OriginalDefinition, method.OriginalDefinition);
        if (effect == CalleeEffect.Returns)
            return isResource ? CalleeEffect.Returns : CalleeEffect.TakesOver;
        return KeepingVerbs.Any(verb => StartsWithVerb(method.Name, verb)) ? CalleeEffect.TakesOver : effect;
    }

    // The static form of a block's method takes the receiver first.
    private CalleeEffect EffectOfBlock(IMethodSymbol made, int ordinal)
    {
        IMethodSymbol? written = ExtensionBlocks.WrittenAs(made);
        IParameterSymbol? parameter = ordinal == 0 && written is not null ? ReceiverOf(written) : written?.Parameters[ordinal - 1];
        return written is null || parameter is null ? CalleeEffect.TakesOver : EffectOn(parameter, written);
    }

    private CalleeEffect EffectOn(IParameterSymbol parameter, IMethodSymbol method)
    {
        if (_depth > 0)
            return Compute(parameter, method);

        // Only what was asked first is shared: what is found on the way to it depends on how deep it was found.
        ConcurrentDictionary<ISymbol, CalleeSummary> shared = _summaries.Under(_options);
        ISymbol key = KeyOf(parameter, method);
        if (shared.TryGetValue(key, out CalleeSummary? known))
            return known.Effect;

        _onTheWay.Clear();
        return shared.GetOrAdd(key, new CalleeSummary(Compute(parameter, method))).Effect;
    }

    /// <summary>The parameter; for the receiver of an extension block, which many methods share, the one method.</summary>
    private static ISymbol KeyOf(IParameterSymbol parameter, IMethodSymbol method) =>
        ExtensionBlocks.IsReceiver(parameter) ? method : parameter;

    private CalleeEffect Compute(IParameterSymbol parameter, IMethodSymbol method)
    {
        ISymbol key = KeyOf(parameter, method);
        if (_onTheWay.TryGetValue(key, out CalleeSummary? known))
            return known.Effect;
        if (_depth == MaximumDepth)
            return CalleeEffect.TakesOver;

        // A recursive call hands its parameter only to itself, which takes nothing over.
        _onTheWay[key] = new(CalleeEffect.Borrows);
        _depth++;
        CalleeEffect effect = EffectOfBody(method, parameter);
        foreach (IMethodSymbol body in Implementations(method, parameter))
        {
            if (effect == CalleeEffect.TakesOver || EffectOfBody(body, body.Parameters[parameter.Ordinal]) != CalleeEffect.Borrows)
                effect = CalleeEffect.TakesOver;
        }

        _depth--;
        if (effect == CalleeEffect.Returns && (method.IsAbstract || method.IsVirtual || method.IsOverride))
            effect = CalleeEffect.TakesOver;
        _onTheWay[key] = new(effect);
        return effect;
    }

    private CalleeEffect EffectOfBody(IMethodSymbol method, IParameterSymbol parameter)
    {
        method = method.PartialImplementationPart ?? method;
        if (!ExtensionBlocks.IsReceiver(parameter))
        {
            if (parameter.Ordinal >= method.Parameters.Length)
                return CalleeEffect.Borrows;
            parameter = method.Parameters[parameter.Ordinal];
        }

        if (OnlyBorrows(method, parameter) || GraphOf(method) is not { } graph)
            return CalleeEffect.Borrows;
        if (OwnershipAnalysis.Run(graph, method, _protocol, this, followed: parameter) is not { } facts)
            return CalleeEffect.TakesOver;

        OwnershipFate fate = facts.Fates[0];
        bool escapes = facts.Events.Any(step => step.Site == fate.Site && step.Kind == OwnershipEventKind.Escaped);
        if (fate is { AtEnd: OwnershipStates.Returned, IsCertain: true } && !escapes && !EndsLater(method, graph))
            return CalleeEffect.Returns;
        return escapes || (fate.AtEnd & ~OwnershipStates.Rented) != OwnershipStates.None
            || facts.Events.Any(step => step.Site == fate.Site && step.IsReturn)
                ? CalleeEffect.TakesOver
                : CalleeEffect.Borrows;
    }

    /// <summary>True when the text of the body tells that the flow analysis would find nothing else.</summary>
    private bool OnlyBorrows(IMethodSymbol method, IParameterSymbol parameter) =>
        method.MethodKind != MethodKind.LocalFunction
        && _bodies.UsesIn(method, _cancellation)?.PassedOn(parameter, _protocol) is { } passed
        && passed.All(argument =>
            EffectOn(((IInvocationOperation)argument.Parent!).TargetMethod, argument.Parameter!, isResource: true) == CalleeEffect.Borrows);

    private static bool EndsLater(IMethodSymbol method, ControlFlowGraph graph) =>
        method.IsAsync || graph.OriginalOperation.Descendants().Any(operation =>
            operation.Kind is OperationKind.YieldReturn or OperationKind.YieldBreak);

    /// <summary>Bodies of this compilation that a call of an interface's, abstract or virtual method of it may run.</summary>
    private IEnumerable<IMethodSymbol> Implementations(IMethodSymbol method, IParameterSymbol parameter)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty || !(method.IsAbstract || method.IsVirtual || method.IsOverride))
            return [];
        return _bodies.Named(method.Name, _cancellation)
            .Where(other => !SymbolEqualityComparer.Default.Equals(other, method)
                && other.Parameters.Length == method.Parameters.Length
                && other.Parameters[parameter.Ordinal].Type.TypeKind == parameter.Type.TypeKind
                && (Overrides(other, method) || Implements(other.ContainingType, method.ContainingType)));
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol overridden)
    {
        for (IMethodSymbol? next = method.OverriddenMethod; next is not null; next = next.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(next.OriginalDefinition, overridden))
                return true;
        }

        return false;
    }

    private static bool Implements(INamedTypeSymbol type, INamedTypeSymbol contract) =>
        contract.TypeKind == TypeKind.Interface
        && type.AllInterfaces.Any(other => SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, contract));

    private ControlFlowGraph? GraphOf(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
            return _caller is null ? null : LocalFunctionGraph(_caller, method);

        return _bodies.GraphOf(method, _cancellation);
    }

    private ControlFlowGraph? LocalFunctionGraph(ControlFlowGraph caller, IMethodSymbol function)
    {
        for (ControlFlowGraph? graph = caller; graph is not null; graph = graph.Parent)
        {
            if (graph.LocalFunctions.Contains(function, SymbolEqualityComparer.Default))
                return graph.GetLocalFunctionControlFlowGraph(function, _cancellation);
        }

        return null;
    }

    private static bool StartsWithVerb(string name, string verb) =>
        name.StartsWith(verb, StringComparison.Ordinal)
        && (name.Length == verb.Length || !char.IsLower(name[verb.Length]));
}
