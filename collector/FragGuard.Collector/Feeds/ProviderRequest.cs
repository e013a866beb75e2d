using System.Collections.Generic;
using System.Diagnostics.Tracing;

namespace FragGuard.Collector.Feeds;

/// <summary>What one feed asks the runtime to send.</summary>
/// <param name="Provider">Name of the event provider.</param>
/// <param name="Keywords">Bits of the groups of events wanted.</param>
/// <param name="Level">Most detailed level wanted.</param>
/// <param name="Arguments">The provider's own settings, such as "Metrics=…"; empty for none.</param>
public readonly record struct ProviderRequest(string Provider, long Keywords, EventLevel Level, string Arguments = "")
{
    private readonly IReadOnlyList<int>? _denied;

    /// <summary>
    /// Ids of events that keywords and level would bring and nobody reads. Runtimes before .NET 10 send them all the same.
    /// </summary>
    public IReadOnlyList<int> Denied
    {
        get => _denied ?? [];
        init => _denied = value;
    }
}
