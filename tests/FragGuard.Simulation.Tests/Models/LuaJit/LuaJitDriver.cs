using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests;

namespace FragGuard.Simulation.Tests.Models.LuaJit;

/// <summary>Plays operations on the memory of a real Lua state, through a small C program.</summary>
internal sealed class LuaJitDriver : IDisposable
{
    private static readonly string Source = Path.Combine(
        RepositoryFiles.Root, "tests", "FragGuard.Simulation.Tests", "Models", "LuaJit", "luajit-driver.c");

    private readonly string _folder = Directory.CreateTempSubdirectory("luajit-driver-").FullName;
    private readonly string _library;

    public LuaJitDriver()
    {
        _library = LivePrograms.RequireLibrary("libluajit-5.1.so.2");
        Run(LivePrograms.RequireCompiler(),
            ["-O1", "-rdynamic", "-o", Program, Source, "-ldl"]);
    }

    /// <summary>File name of the library, with its version.</summary>
    public string Library => Path.GetFileName(File.ResolveLinkTarget(_library, returnFinalTarget: true)?.FullName ?? _library);

    private string Program => Path.Combine(_folder, "driver");

    /// <summary>What happened after the heap was ready, one line each, in order.</summary>
    /// <param name="operations">Block and bytes; none frees the block, others allocate or resize it.</param>
    /// <param name="placementSeed">Seed of the places that mappings get; 0 leaves them to the kernel.</param>
    public IReadOnlyList<string> Play(IReadOnlyList<(int Block, long Bytes)> operations, ulong placementSeed)
    {
        string file = Path.Combine(_folder, "operations");
        using (BinaryWriter writer = new(File.Create(file)))
        {
            foreach ((int block, long bytes) in operations)
            {
                writer.Write((long)block);
                writer.Write(bytes);
            }
        }

        return [.. Run(Program, [_library, file, placementSeed.ToString(CultureInfo.InvariantCulture)]).Skip(1)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Run(string program, IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
