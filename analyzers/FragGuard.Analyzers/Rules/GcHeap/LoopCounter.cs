using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>The variable of a loop that counts up.</summary>
/// <param name="Start">What it has before the first iteration.</param>
/// <param name="Bound">What it is held against before each.</param>
/// <param name="IsIncluded">True when it may have that value.</param>
/// <param name="Step">What each iteration adds; positive.</param>
internal sealed record LoopCounter(IOperation Start, IOperation Bound, bool IsIncluded, int Step);
