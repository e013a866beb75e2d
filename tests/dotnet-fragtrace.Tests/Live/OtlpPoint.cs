using System.Collections.Generic;

namespace FragGuard.FragTrace.Tests.Live;

/// <summary>One number that was exported.</summary>
internal sealed record OtlpPoint(string Metric, string Unit, IReadOnlyDictionary<string, string> Attributes, double Value);
