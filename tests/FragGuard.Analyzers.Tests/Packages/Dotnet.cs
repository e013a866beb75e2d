using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Analyzers.Tests.Packages;

/// <summary>Programs run to their end, as a user's shell would: no variable of the test's own SDK reaches them.</summary>
internal static class Dotnet
{
    /// <summary>The SDK in a folder; it has to succeed.</summary>
    /// <returns>What it said.</returns>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        (int code, string said) = await EndAsync(folder, "dotnet", arguments);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)}: exit code {code}\n{said}");
        return said;
    }

    /// <param name="environment">Variables to set.</param>
    public static async Task<(int Code, string Said)> EndAsync(
        string folder, string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (string name in new[] { "DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_NOLOGO", "MSBUILDDISABLENODEREUSE" })
            start.Environment[name] = "1";
        foreach (string name in new[] { "MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "DOTNET_STARTUP_HOOKS" })
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
