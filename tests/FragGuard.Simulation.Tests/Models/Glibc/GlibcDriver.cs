using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using FragGuard.Analyzers.Tests;

namespace FragGuard.Simulation.Tests.Models.Glibc;

/// <summary>driver.c, built against one glibc: the system's, or that of a folder with its libc.so.6 and loader.</summary>
internal sealed class GlibcDriver : IDisposable
{
    private const int TimeoutMilliseconds = 120_000;
    private const string Loader = "ld-linux-x86-64.so.2";

    private readonly string _folder = Directory.CreateTempSubdirectory("fragguard-glibc-").FullName;

    /// <param name="glibc">Folder of a glibc; null for the system's.</param>
    public GlibcDriver(string? glibc)
    {
        LivePrograms.Needs(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "glibc is replayed on 64-bit x86 Linux only.");
        string compiler = LivePrograms.RequireCompiler();
        string source = Path.Combine(
            RepositoryFiles.Root, "tests", "FragGuard.Simulation.Tests", "Models", "Glibc", "driver.c");
        Run(
            compiler,
            ["-O2", "-w", "-fno-builtin", source, "-o", Program, .. glibc is null ? ["-pthread"] : LinkedAgainst(glibc)],
            []);
    }

    private string Program => Path.Combine(_folder, "driver");

    /// <summary>Plays the operations in a process of its own.</summary>
    /// <param name="operations">What to play.</param>
    /// <param name="fills">Whether every byte of every block is written.</param>
    /// <param name="tunables">Value of GLIBC_TUNABLES.</param>
    public GlibcResults Play(ReadOnlySpan<GlibcOperation> operations, bool fills = false, string tunables = "")
    {
        string file = Path.Combine(_folder, Path.GetRandomFileName());
        string results = file + ".results";
        try
        {
            using (FileStream stream = File.Create(file))
                stream.Write(MemoryMarshal.AsBytes(operations));
            Run(Program, [file, results, fills ? "fill" : "play"], tunables.Length > 0 ? [("GLIBC_TUNABLES", tunables)] : []);
            return new GlibcResults(MemoryMarshal.Cast<byte, ulong>(File.ReadAllBytes(results)).ToArray());
        }
        finally
        {
            File.Delete(file);
            File.Delete(results);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] LinkedAgainst(string glibc)
    {
        string threads = Path.Combine(glibc, "libpthread.so.0");
        return
        [
            "-DOWN_START", "-nostartfiles", "-nodefaultlibs", Path.Combine(glibc, "libc.so.6"),
            .. File.Exists(threads) ? [threads] : Array.Empty<string>(), Path.Combine(glibc, Loader),
            "-Wl,--dynamic-linker=" + Path.Combine(glibc, Loader), "-Wl,-rpath=" + glibc,
        ];
    }

    private static void Run(string program, IEnumerable<string> arguments, (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        foreach (string name in start.Environment.Keys.Where(name =>
            name.StartsWith("MALLOC_", StringComparison.Ordinal) || name is "GLIBC_TUNABLES" or "LD_PRELOAD").ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(program + " did not start.");
        try
        {
            string errors = process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(TimeoutMilliseconds), $"{program} did not end");
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
