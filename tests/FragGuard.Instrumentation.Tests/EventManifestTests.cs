using System.Diagnostics.Tracing;

namespace FragGuard.Instrumentation.Tests;

public class EventManifestTests
{
    [Fact]
    public void Provider_DescribesItselfWithoutErrors()
    {
        string? manifest = EventSource.GenerateManifest(
            typeof(CacheEventSource), "FragGuard.Instrumentation.dll", EventManifestOptions.Strict);

        Assert.Contains("name=\"FragGuard-Cache\"", manifest, System.StringComparison.Ordinal);
        Assert.Null(CacheEventSource.Log.ConstructionException);
    }
}
