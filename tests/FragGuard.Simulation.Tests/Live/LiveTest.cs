using System;

namespace FragGuard.Simulation.Tests.Live;

/// <summary>Tests that hold a model against the real program skip where it cannot run, unless they are required to.</summary>
internal static class LiveTest
{
    private const string RequireVariable = "FRAGGUARD_REQUIRE_LIVE";

    private static bool IsRequired =>
        string.Equals(Environment.GetEnvironmentVariable(RequireVariable), "1", StringComparison.Ordinal);

    public static void Needs(bool condition, string reason)
    {
        if (condition)
            return;
        if (IsRequired)
            Assert.Fail($"{RequireVariable}=1, and the live test cannot run: {reason}");
        Assert.Skip(reason);
    }
}
