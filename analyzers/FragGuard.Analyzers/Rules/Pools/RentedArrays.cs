using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>All rules about arrays rented from an array pool: one flow analysis for each member that rents.</summary>
internal sealed class RentedArrays : OwnershipRules<ArrayPools>
{
    public RentedArrays()
        : base(
            new ReturnWhatYouRent(),
            new ReturnOnEveryNormalPath(),
            new ReturnOnlyOnce(),
            new DoNotUseWhatYouReturned(),
            new DoNotKeepWhatYouReturn(),
            new ReturnToTheSamePool(),
            new UseOnlyThePartYouRented(),
            new RentNoMoreThanThePoolKeeps(),
            new RentLengthsThatFillTheArray(),
            new RentPerOperationNotPerConnection(),
            new ClearReferencesBeforeReturning())
    {
    }

    internal override Mentioned WordsIn(CompilationMentions mentions, KnownSymbols symbols) =>
        symbols.MayHaveAnnotatedReferences || RentingNames.MayBeAny(mentions)
            ? WatchedWords.Anything // What rents for its callers can have any name.
            : Mentioned.Rent | Mentioned.Return;

    protected override ArrayPools? ProtocolFrom(KnownSymbols symbols) => ArrayPools.From(symbols);

    protected override ArrayPools? ProtocolFrom(KnownSymbols symbols, AnalyzerOptions options) =>
        ArrayPools.From(symbols, options);
}
