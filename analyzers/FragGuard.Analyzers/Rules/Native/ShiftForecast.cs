namespace FragGuard.Analyzers.Rules.Native;

/// <summary>What the simulator expects of memory whose sizes shift from smaller to larger.</summary>
/// <param name="Model">Name of the model that predicts.</param>
/// <param name="Waste">Share of the memory that holds no live byte, 0..1.</param>
/// <param name="WasteApart">The same when the smaller ones come again, as they do where each size has memory of its own.</param>
/// <param name="LiveBytes">Bytes in use at the end.</param>
/// <param name="HeldBytes">Bytes of the zone or heap.</param>
internal sealed record ShiftForecast(string Model, double Waste, double WasteApart, long LiveBytes, long HeldBytes);
