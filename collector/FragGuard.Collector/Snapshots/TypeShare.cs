namespace FragGuard.Collector.Snapshots;

/// <summary>What the objects of one type take.</summary>
/// <param name="Type">Name of the type.</param>
/// <param name="Objects">How many there are.</param>
/// <param name="Bytes">Bytes of the heap they take, not counting what they refer to.</param>
/// <param name="HolesBeside">Holes with such an object right before or right behind them.</param>
/// <param name="BytesBeside">Bytes of those holes. A hole between two types counts for both.</param>
public sealed record TypeShare(string Type, long Objects, long Bytes, long HolesBeside, long BytesBeside);
