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

    [Theory]
    [InlineData(nameof(CacheEventSource.Stored))]
    [InlineData(nameof(CacheEventSource.Removed))]
    public void Event_GivesATrimmedProgramNoWarning(string name) => Assert.Contains(
        typeof(CacheEventSource).GetMethod(name)!.GetCustomAttributesData(),
        static one => one.AttributeType.FullName is "System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessageAttribute"
            && one.ConstructorArguments is [_, { Value: "IL2026" }]);
}
