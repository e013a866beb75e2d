using System;
using System.Collections.Generic;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>One of <see cref="MallocPrograms"/> while it runs.</summary>
internal sealed class MallocProgram : IDisposable
{
    private readonly ChildProgram _child;

    private MallocProgram(ChildProgram child) => _child = child;

    public int ProcessId => _child.ProcessId;

    /// <param name="program">Its name.</param>
    /// <param name="tunables">GLIBC_TUNABLES, if any.</param>
    /// <param name="compilerOptions">How else to compile it.</param>
    public static MallocProgram Start(string program, string? tunables = null, params string[] compilerOptions)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal);
        if (tunables is not null)
            environment["GLIBC_TUNABLES"] = tunables;
        MallocProgram started = new(ChildProgram.Compile(SourceOf(program), environment, compilerOptions));
        Assert.Equal("ready", started._child.ReadLine());
        return started;
    }

    public string Ask(string line)
    {
        _child.WriteLine(line);
        return _child.ReadLine();
    }

    public void Kill() => _child.Kill();

    public GlibcSnapshot Read()
    {
        using InspectedProcess process = InspectedProcess.Open(_child.ProcessId);
        GlibcSnapshot? snapshot = GlibcInspection.Read(process);
        Assert.NotNull(snapshot);
        return snapshot;
    }

    public void Dispose() => _child.Dispose();

    private static string SourceOf(string program) => program switch
    {
        nameof(MallocPrograms.Threaded) => MallocPrograms.Threaded,
        nameof(MallocPrograms.Single) => MallocPrograms.Single,
        nameof(MallocPrograms.ForeignBreak) => MallocPrograms.ForeignBreak,
        nameof(MallocPrograms.BlockedBreak) => MallocPrograms.BlockedBreak,
        _ => throw new ArgumentOutOfRangeException(nameof(program), "There is no such program."),
    };
}
