using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Workloads;

/// <summary>The log of a C program against what the program is known to have asked for.</summary>
public sealed class MtraceLiveTests : IDisposable
{
    private const string Program = """
        #include <malloc.h>
        #include <mcheck.h>
        #include <stdlib.h>
        static void *volatile keep[8];
        int main(void) {
            mtrace();
            keep[0] = malloc(20);
            keep[1] = calloc(3, 100);
            keep[0] = realloc(keep[0], 5000);
            keep[2] = realloc(NULL, 77);
            free(keep[1]);
            keep[3] = memalign(64, 100);
            keep[4] = realloc(keep[3], (size_t)1 << 60);
            keep[5] = malloc((size_t)1 << 61);
            free(keep[0]);
            keep[2] = realloc(keep[2], 0);
            free(NULL);
            keep[6] = malloc(0);
            return 0;
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("fragguard-mtrace-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LogOfGlibc_HoldsWhatTheProgramAskedFor()
    {
        LivePrograms.Needs(OperatingSystem.IsLinux() && LivePrograms.Find("cc") is not null, "cc is not installed.");
        string source = Path.Combine(_folder, "program.c");
        string log = Path.Combine(_folder, "log");
        File.WriteAllText(source, Program);
        Run("cc", ["-O0", "-w", "-o", Path.Combine(_folder, "program"), source]);
        Run(Path.Combine(_folder, "program"), [], ("MALLOC_TRACE", log), ("LD_PRELOAD", "libc_malloc_debug.so.0"));
        LivePrograms.Needs(File.Exists(log), "glibc's libc_malloc_debug.so.0 is not installed.");

        byte[] bytes = File.ReadAllBytes(log);
        Assert.True(MtraceReader.Accepts(bytes));
        AllocationEvent[] events = [.. MtraceReader.Read([new ArraySegment<byte>(bytes)]).Events];

        Assert.Equal(
            [
                (AllocationEventKind.Allocate, 0, 20), (AllocationEventKind.Allocate, 1, 300),
                (AllocationEventKind.Reallocate, 0, 5_000), (AllocationEventKind.Allocate, 2, 77),
                (AllocationEventKind.Free, 1, 0), (AllocationEventKind.Allocate, 3, 100), (AllocationEventKind.Free, 0, 0),
                (AllocationEventKind.Free, 2, 0), (AllocationEventKind.Allocate, 4, 0L),
            ],
            events.Select(next => (next.Kind, next.Id, next.Bytes)));
    }

    private void Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = _folder, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string complaints = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {complaints}");
    }
}
