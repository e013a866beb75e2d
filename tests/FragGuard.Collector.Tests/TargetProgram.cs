using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests;

/// <summary>The program under record, built beside the tests.</summary>
internal static class TargetProgram
{
    public static string Assembly { get; } =
        Path.Combine(AppContext.BaseDirectory, "FragGuard.Collector.Tests.Target.dll");

    /// <summary>A web server.</summary>
    public static string Server { get; } = Path.Combine(AppContext.BaseDirectory, "server", "dotnet-fragtrace.Tests.Server.dll");

    /// <summary>Both in one file each, with the host that runs them; on Linux.</summary>
    public static string InOneFile { get; } = Path.Combine(AppContext.BaseDirectory, "single", "FragGuard.Collector.Tests.Target");

    public static string ServerInOneFile { get; } = Path.Combine(AppContext.BaseDirectory, "single", "dotnet-fragtrace.Tests.Server");

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static LaunchCommand Command(params string[] arguments) => new(Dotnet, [Assembly, .. arguments])
    {
        Output = ChildOutput.Capture,
        Environment = Settings(),
    };

    /// <summary>The program runs on the runtime of the tests.</summary>
    public static LaunchCommand CommandInOneFile(string program, params string[] arguments)
    {
        Dictionary<string, string?> settings = Settings();
        settings["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        return Command() with { FileName = program, Arguments = arguments, Environment = settings };
    }

    private static Dictionary<string, string?> Settings() => new(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_TieredCompilation"] = null,
    };
}
