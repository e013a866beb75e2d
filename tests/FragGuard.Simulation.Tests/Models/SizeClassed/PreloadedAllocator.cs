using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Analyzers.Tests;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>
/// A real allocator, preloaded into a small C program that plays operations and reports what it says of itself.
/// </summary>
internal sealed class PreloadedAllocator : IDisposable
{
    private const int TimeoutMilliseconds = 60_000;

    private readonly string _name;
    private readonly string _library;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fragguard-allocator-");

    /// <param name="name">Name of the model.</param>
    /// <param name="soname">The library to preload.</param>
    public PreloadedAllocator(string name, string soname)
    {
        _name = name;
        _library = LivePrograms.RequireLibrary(soname);
        string compiler = LivePrograms.RequireCompiler();
        string source = Path.Combine(
            RepositoryFiles.Root, "tests", "FragGuard.Simulation.Tests", "Models", "SizeClassed", "driver.c");
        Run(new ProcessStartInfo(compiler, ["-O1", "-pthread", "-o", PathOf("driver"), source]));
    }

    /// <summary>What <see cref="Play"/> read from the library itself, as a number.</summary>
    public long Version { get; private set; }

    /// <summary>Environment variables of the process, such as MALLOC_CONF.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Arguments behind the files.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <returns>The numbers the operations answered with, in order.</returns>
    public long[] Play(IEnumerable<DriverOperation> operations)
    {
        DriverOperation[] played = operations.ToArray();
        Assert.Equal(24, Marshal.SizeOf<DriverOperation>());
        File.WriteAllBytes(PathOf("operations"), MemoryMarshal.AsBytes<DriverOperation>(played));
        ProcessStartInfo start = new(
            PathOf("driver"), [_name, PathOf("operations"), PathOf("answers"), .. Arguments]);
        start.Environment["LD_PRELOAD"] = _library;
        foreach ((string key, string value) in Settings)
            start.Environment[key] = value;
        Run(start);
        long[] answers = MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(PathOf("answers"))).ToArray();
        Version = answers[0];
        return answers[1..];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private static void Run(ProcessStartInfo start)
    {
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        string errors = string.Empty;
        process.ErrorDataReceived += (_, line) => errors += line.Data;
        process.BeginErrorReadLine();
        if (!process.WaitForExit(TimeoutMilliseconds))
        {
            process.Kill();
            Assert.Fail($"{start.FileName} did not end in time");
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{start.FileName} ended with {process.ExitCode}: {errors}");
    }
}
