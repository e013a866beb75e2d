using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Benchmarks.Models;

/// <summary>
/// The model and the system's glibc on the same random churn. The real one runs single-threaded C in a process of its own,
/// the live tests' driver, which plays the operations 21 times; its time includes starting that process.
/// </summary>
[ShortRunJob, MemoryDiagnoser]
public class GlibcBenchmarks
{
    private const int Operations = 1_000_000;
    private const int DriverRounds = 21;

    private readonly IAllocatorModel _model = AllocatorModels.Create("glibc");
    private AllocationEvent[] _events = [];
    private string _folder = string.Empty;

    private string Driver => Path.Combine(_folder, "driver");

    private string OperationsFile => Path.Combine(_folder, "operations");

    [GlobalSetup]
    public void Prepare()
    {
        _events = BlockChurn.Closed(BlockChurn.Events(Operations));
        _folder = Directory.CreateTempSubdirectory("fragguard-glibc-").FullName;
        WriteOperations();
        Run("cc", ["-O2", "-w", "-fno-builtin", "-pthread", DriverSource(), "-o", Driver]);
    }

    [GlobalCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations * DriverRounds)]
    public void Real()
    {
        string results = Path.Combine(_folder, "results");
        Run(Driver, [OperationsFile, results, "time"]);
        File.Delete(results);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public long Model() => BlockChurn.Play(_model, _events);

    private static string DriverSource()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FragGuard.sln")))
            folder = folder.Parent;
        return folder is null
            ? throw new InvalidOperationException("No folder above the benchmarks holds FragGuard.sln.")
            : Path.Combine(folder.FullName, "tests", "FragGuard.Simulation.Tests", "Models", "Glibc", "driver.c");
    }

    private static void Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments))
            ?? throw new InvalidOperationException(program + " did not start.");
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>The operations as driver.c reads them: kind in a word whose other bytes are 0, slot and bytes.</summary>
    private void WriteOperations()
    {
        const uint free = 4;
        DriverOperation[] operations = Array.ConvertAll(_events, next => new DriverOperation(
            next.Kind == AllocationEventKind.Free ? free : 0, (uint)next.Id, (ulong)next.Bytes));
        File.WriteAllBytes(OperationsFile, MemoryMarshal.AsBytes(operations.AsSpan()).ToArray());
    }

    private readonly record struct DriverOperation(uint KindAndThread, uint Slot, ulong Bytes);
}
