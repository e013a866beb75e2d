using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Collector.Feeds;

namespace FragGuard.Benchmarks.Recording;

/// <summary>The commands that record a target with a profile: our tool, and dotnet-trace with the same providers.</summary>
/// <param name="ours">Path of our native program; null for the managed tool built beside this.</param>
/// <param name="dotnetTrace">Path of dotnet-trace.</param>
internal sealed class Recorders(string? ours, string dotnetTrace)
{
    private const string Dotnet = "dotnet";

    /// <summary>The load, for some seconds.</summary>
    public static string[] Load(int seconds) => [Dotnet, Beside("FragGuard.Collector.Tests.Target.dll"), "load", $"{seconds}"];

    /// <param name="target">Options and arguments that name the target.</param>
    public string[] Ours(TraceProfile profile, string file, params string[] target) =>
        [.. ours is null ? (string[])[Dotnet, Beside("dotnet-fragtrace.dll")] : [ours], "collect", "--profile", profile.Name, "-o", file, .. target];

    public string[] DotnetTrace(TraceProfile profile, string file, params string[] target)
    {
        IEnumerable<string> providers = profile.RequestsOn(Environment.Version.Major, mayServe: false)
            .Select(request => $"{request.Provider}:0x{request.Keywords:x}:{(int)request.Level}");
        return
        [
            dotnetTrace, "collect", "--providers", string.Join(',', providers), "--rundown", profile.HasRundown ? "true" : "false",
            "--buffersize", "256", "-o", file, .. target,
        ];
    }

    private static string Beside(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly);
}
