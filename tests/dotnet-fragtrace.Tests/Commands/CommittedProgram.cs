using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>A .NET program that stands still and says on request what its GC counts.</summary>
internal sealed class CommittedProgram : IDisposable
{
    private readonly Process _process;

    public CommittedProgram()
    {
        _process = Process.Start(new ProcessStartInfo(TargetProgram.Dotnet, [TargetProgram.Assembly, "committed"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        while (_process.StandardOutput.ReadLine() is not "ready")
            Assert.False(_process.HasExited);
        _ = Ask();
    }

    public string Id => _process.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>At its last GC: the number of the GC, committed bytes, and the sizes of generations 0, 1, 2, 3 (large) and 4 (pinned).</summary>
    public long[] Ask()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        return [.. _process.StandardOutput.ReadLine()!.Split(' ').Select(static word => long.Parse(word, CultureInfo.InvariantCulture))];
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
