using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using FragGuard.Simulation.Tests;

namespace FragGuard.Inspection.Tests;

/// <summary>
/// A program under inspection that talks by lines: it answers on standard output and waits for the next line on standard
/// input, so that it stands still while it is read. It ends with the test: by end of input, or else by being killed.
/// </summary>
internal sealed class ChildProgram : IDisposable
{
    private readonly Process _process;
    private readonly string? _folder;

    private ChildProgram(ProcessStartInfo start, string? folder)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        _process = Process.Start(start)!;
        _folder = folder;
    }

    public int ProcessId => _process.Id;

    public static ChildProgram Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Start(program, arguments, environment, folder: null);

    /// <summary>Compiles one C source with the system's compiler and starts it; skips the test where there is none.</summary>
    public static ChildProgram Compile(
        string source, IReadOnlyDictionary<string, string>? environment = null, params string[] compilerOptions)
    {
        string compiler = LivePrograms.RequireCompiler();
        string folder = Directory.CreateTempSubdirectory("fragguard-child-").FullName;
        string program = Path.Combine(folder, "child");
        string code = Path.Combine(folder, "child.c");
        File.WriteAllText(code, source);
        ProcessStartInfo compile = new(compiler, ["-O1", "-pthread", .. compilerOptions, "-o", program, code])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process compiling = Process.Start(compile)!;
        string complaints = compiling.StandardError.ReadToEnd();
        compiling.WaitForExit();
        Assert.True(compiling.ExitCode == 0, complaints);
        return Start(program, [], environment, folder);
    }

    /// <summary>Its next line; the test fails when it says nothing for a minute.</summary>
    public string ReadLine()
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        Assert.True(line.Wait(Patience), "The program under inspection said nothing.");
        return line.Result ?? throw new EndOfStreamException("The program under inspection ended.");
    }

    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(2)))
                Kill();
        }

        _process.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static ChildProgram Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string? folder)
    {
        ProcessStartInfo start = new(program, arguments);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        return new ChildProgram(start, folder);
    }
}
