using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Runtime.CompilerServices;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Mentions;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Tells members that cannot keep a growable object for reuse from source text and declarations alone.</summary>
internal sealed class ReuseMentions
{
    /// <summary>Words without which no member of a file can keep such an object; parts of its type may stand in other files.</summary>
    public const Mentioned WordsOfFiles = Mentioned.Unshelve | Mentioned.Growable | Mentioned.ObjectPool | Mentioned.Return
        | Mentioned.GiveBack | Mentioned.Partial;

    /// <summary>Words of which a call has one that keeps an object.</summary>
    public const Mentioned WordsOfCalls = Mentioned.Shelve | Mentioned.GiveBack | Mentioned.Exchange;

    /// <summary>Words of files of types in which objects can be kept without such a call: by an assignment, a policy, or a pool.</summary>
    public const Mentioned WordsOfTypes = Store | Mentioned.ObjectPool | Mentioned.Return;

    /// <summary>A field to keep an object in.</summary>
    private const Mentioned Store = Mentioned.GrowableStore | Mentioned.Alias;

    private const int KeptLast = 64; // a power of two

    private readonly Growables _growables;
    private readonly CompilationMentions _mentions;
    private readonly bool _hasAdditionalPools;
    private readonly ConcurrentDictionary<INamedTypeSymbol, Kept> _ways = new(SymbolEqualityComparer.Default);
    private readonly Func<INamedTypeSymbol, Kept> _read;

    /// <summary>One member after the other is of the same type.</summary>
    private readonly Kept?[] _keptLast = new Kept?[KeptLast];

    public ReuseMentions(Growables growables, CompilationMentions mentions, bool hasAdditionalPools)
    {
        _growables = growables;
        _mentions = mentions;
        _hasAdditionalPools = hasAdditionalPools;
        _read = Read;
    }

    /// <summary>What an outermost type has that objects can be kept with.</summary>
    [Flags]
    internal enum Ways
    {
        None = 0,

        /// <summary>Calls that take from a collection, and something that empties an object.</summary>
        Shelf = 1,

        /// <summary>A static field for such an object, and something that empties one.</summary>
        Field = 2,

        /// <summary>A mention of a pool of objects.</summary>
        Pool = 4,
    }

    /// <summary>What the type around the member has.</summary>
    public Ways Around(ISymbol member, in MemberText text)
    {
        if (MayHave(text.AroundTypes) == Ways.None)
            return Ways.None;
        ISymbol around = member.ContainingType ?? member;
        int slot = RuntimeHelpers.GetHashCode(around) & (KeptLast - 1);
        if (_keptLast[slot] is { } last && ReferenceEquals(last.Around, around))
            return last.Ways;
        if (OutermostType.Of(around) is not { } type)
            return Ways.None;
        Ways ways = _ways.GetOrAdd(type, _read).Ways;
        _keptLast[slot] = new(around, ways);
        return ways;
    }

    /// <summary>True when the text has a call that can keep an object in one of these ways, or in a pool that an option names.</summary>
    public bool MayKeepByCall(in MemberText text, Ways ways)
    {
        Mentioned words = Mentioned.None;
        if (_hasAdditionalPools)
            words |= Mentioned.GiveBack;
        if ((ways & Ways.Shelf) != Ways.None)
            words |= Mentioned.Shelve;
        if ((ways & Ways.Field) != Ways.None)
            words |= Mentioned.Exchange;
        return text.Has(words);
    }

    private Kept Read(INamedTypeSymbol type)
    {
        Ways ways = MayHave(_mentions.Around(type));
        return new(type, (ways & Ways.Field) != Ways.None && !HasStore(type) ? ways & ~Ways.Field : ways);
    }

    private Ways MayHave(Mentioned around)
    {
        Ways ways = Ways.None;
        if (Has(around, Mentioned.Clear) && Has(around, Mentioned.Unshelve))
            ways |= Ways.Shelf;
        if (Has(around, Mentioned.Clear) && Has(around, Mentioned.Growable) && (Has(around, Store) || _mentions.HasGlobalAlias))
            ways |= Ways.Field;
        if (Has(around, Mentioned.ObjectPool))
            ways |= Ways.Pool;
        return ways;
    }

    private bool HasStore(INamedTypeSymbol type) => type.GetMembers().Any(member => member switch
    {
        IFieldSymbol { IsStatic: true, IsReadOnly: false, IsConst: false } field => _growables.Of(field.Type) is not null,
        INamedTypeSymbol nested => HasStore(nested),
        _ => false,
    });

    /// <summary>What the outermost type around a type has. A class: collections of structures are compiled anew in every compiler process.</summary>
    private sealed record Kept(ISymbol Around, Ways Ways);

    private static bool Has(Mentioned all, Mentioned words) => (all & words) != Mentioned.None;
}
