using System;
using System.IO;

namespace FragGuard.Collector.Tests;

/// <summary>The program under record with an older runtime beside it, where somebody built it.</summary>
internal static class OlderProgram
{
    /// <summary>Names the folder that holds net8.0 and net9.0, as FragGuard.Collector.Tests.OlderTargets builds them.</summary>
    private const string Variable = "FRAGGUARD_OLDER_TARGETS";

    private const string Name = "FragGuard.Collector.Tests.Target";

    /// <summary>File of the program. Where nothing says where it lies, the test is skipped.</summary>
    /// <param name="major">First number of the runtime's version.</param>
    public static string Of(int major)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} names no folder with the program and older runtimes.");
        string file = Path.Combine(folder!, $"net{major}.0", OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        Assert.True(File.Exists(file), $"There is no {file}, though {Variable} says so.");
        return file;
    }
}
