using System;
using System.Collections.Generic;
using System.IO;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests;

/// <summary>The program under record, built beside the tests.</summary>
internal static class TargetProgram
{
    public static string Assembly { get; } =
        Path.Combine(AppContext.BaseDirectory, "FragGuard.Collector.Tests.Target.dll");

    /// <summary>A web server.</summary>
    public static string Server { get; } = Path.Combine(AppContext.BaseDirectory, "server", "dotnet-fragtrace.Tests.Server.dll");

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static LaunchCommand Command(params string[] arguments) => new(Dotnet, [Assembly, .. arguments])
    {
        Output = ChildOutput.Capture,
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_gcConcurrent"] = "0",
            ["DOTNET_TieredCompilation"] = null,
        },
    };
}
