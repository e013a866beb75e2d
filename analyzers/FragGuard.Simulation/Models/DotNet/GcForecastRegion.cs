using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>A region of small objects as a GC finds it.</summary>
/// <param name="Generation">0 to 2.</param>
/// <param name="UsedBytes">From the first object to the end of the last, dead ones included.</param>
/// <param name="Live">
/// What the GC leaves alive, by offset and without overlap. In generations it does not collect: all that is not a gap.
/// </param>
public readonly record struct GcForecastRegion(int Generation, long UsedBytes, IReadOnlyList<GcForecastPlug> Live);
