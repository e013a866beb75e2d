namespace FragGuard.Inspection.Breakdown;

/// <summary>Addresses [<paramref name="Start"/>, <paramref name="End"/>) of which something is known that maps does not say.</summary>
/// <param name="How">How it was recognised, as the end of a sentence that starts with "recognised by".</param>
public sealed record MemoryClaim(ulong Start, ulong End, PartKind Kind, Certainty Certainty, string How)
{
    public ulong Bytes => End - Start;
}
