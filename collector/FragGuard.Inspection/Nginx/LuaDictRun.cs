namespace FragGuard.Inspection.Nginx;

/// <summary>Entries that follow each other in the order of use.</summary>
/// <param name="First">Number of the most recently used one.</param>
/// <param name="Last">Number of the least recently used one.</param>
/// <param name="After">
/// Who follows that one: the first one of another run, <see cref="LuaDictLinks.Head"/>, or <see cref="LuaDictLinks.NoEntry"/>.
/// </param>
internal readonly record struct LuaDictRun(int First, int Entries, int Last, int After);
