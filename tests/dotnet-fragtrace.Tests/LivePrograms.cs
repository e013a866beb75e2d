using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;

namespace FragGuard.FragTrace.Tests;

/// <summary>
/// Programs that live tests need. A missing one skips the test with the reason, or fails it where the environment variable
/// <c>FRAGGUARD_REQUIRE_LIVE</c> is 1.
/// </summary>
internal static class LivePrograms
{
    /// <summary>Full path of a program on the search path.</summary>
    public static string Require(string program)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        if (found is null)
            Missing($"{program} is not installed.");
        return found;
    }

    [DoesNotReturn]
    public static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("FRAGGUARD_REQUIRE_LIVE") is "1")
            Assert.Fail($"{reason} FRAGGUARD_REQUIRE_LIVE=1 asks for it.");
        Assert.Skip(reason);
    }
}
