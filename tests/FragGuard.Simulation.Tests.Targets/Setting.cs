using System;
using System.Globalization;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>What a live test asks of its target through environment variables.</summary>
internal static class Setting
{
    /// <returns>The whole number, or null when the variable is not set.</returns>
    public static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
