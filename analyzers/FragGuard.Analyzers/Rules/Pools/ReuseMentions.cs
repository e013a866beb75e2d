using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Tells members that cannot keep a growable object for reuse from source text and declarations alone.</summary>
internal sealed class ReuseMentions
{
    private readonly Growables _growables;
    private readonly CompilationMentions _mentions;
    private readonly bool _hasAdditionalPools;
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _withStore = new(SymbolEqualityComparer.Default);

    public ReuseMentions(Growables growables, CompilationMentions mentions, bool hasAdditionalPools)
    {
        _growables = growables;
        _mentions = mentions;
        _hasAdditionalPools = hasAdditionalPools;
    }

    /// <summary>A call can keep an object in a collection from which the type takes, in a static field, or in a pool that an option names.</summary>
    public bool MayKeepByCall(ImmutableArray<IOperation> blocks, ISymbol member)
    {
        if (_hasAdditionalPools && _mentions.Any(blocks, Mentioned.GiveBack))
            return true;
        if (_mentions.Any(blocks, Mentioned.Shelve))
        {
            const Mentioned Shelf = Mentioned.Unshelve | Mentioned.Clear;
            if (OutermostType.Of(member) is { } type && (_mentions.Around(type) & Shelf) == Shelf)
                return true;
        }

        return _mentions.Any(blocks, Mentioned.Exchange) && MayKeepInField(member);
    }

    /// <summary>The type around has a static field for such an object, and empties one.</summary>
    public bool MayKeepInField(ISymbol member) =>
        OutermostType.Of(member) is { } type
        && (_mentions.Around(type) & Mentioned.Clear) != Mentioned.None
        && _withStore.GetOrAdd(type, HasStore);

    /// <summary>The type around mentions a pool of objects.</summary>
    public bool MayMakeAPool(ISymbol member) =>
        OutermostType.Of(member) is { } type
        && (_mentions.Around(type) & (Mentioned.ObjectPool | Mentioned.PoolFactory)) != Mentioned.None;

    private bool HasStore(INamedTypeSymbol type) => type.GetMembers().Any(member => member switch
    {
        IFieldSymbol { IsStatic: true, IsReadOnly: false, IsConst: false } field => _growables.Of(field.Type) is not null,
        INamedTypeSymbol nested => HasStore(nested),
        _ => false,
    });
}
