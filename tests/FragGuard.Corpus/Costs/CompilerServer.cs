using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Corpus.Costs;

/// <summary>A compiler process of its own, which builds what it is told, one build after the other.</summary>
internal sealed class CompilerServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Toolset _tools;
    private readonly string _pipe = $"fragguard-cost-{Guid.NewGuid():n}";
    private readonly Process _process;

    private CompilerServer(Toolset tools)
    {
        _tools = tools;
        _process = Start(tools.Server, $"-pipename:{_pipe}");
    }

    /// <summary>A pipe is a file: in a folder of its own on Windows, a socket among the temporary files elsewhere.</summary>
    private string Pipe => OperatingSystem.IsWindows() ? $@"\\.\pipe\{_pipe}" : $"/tmp/{_pipe}";

    public static async Task<CompilerServer> StartAsync(Toolset tools, CancellationToken cancellation)
    {
        CompilerServer server = new(tools);
        try
        {
            Stopwatch waiting = Stopwatch.StartNew();
            while (!File.Exists(server.Pipe))
            {
                if (server._process.HasExited || waiting.Elapsed > Patience)
                    throw new InvalidOperationException("The compiler's server does not listen.");
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation).ConfigureAwait(false);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Builds, and gives back what the compiler printed.</summary>
    public async Task<string> BuildAsync(string responseFile, CancellationToken cancellation)
    {
        TimeSpan before = _process.TotalProcessorTime;
        using Process client = Start(_tools.Compiler, $"/shared:{_pipe}", "/keepalive:600", $"@{responseFile}");
        Task<string> printed = client.StandardOutput.ReadToEndAsync(cancellation);
        await client.WaitForExitAsync(cancellation).ConfigureAwait(false);
        _process.Refresh();
        if (_process.HasExited || _process.TotalProcessorTime == before)
            throw new InvalidOperationException($"The compiler's server had no part in the build: {await printed.ConfigureAwait(false)}");
        return await printed.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        _process.Dispose();
        if (!OperatingSystem.IsWindows())
            File.Delete(Pipe);
    }

    private Process Start(string assembly, params string[] arguments)
    {
        ProcessStartInfo start = new(_tools.Dotnet, [assembly, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["LC_ALL"] = "C"; // The table has its numbers in this form.
        return Process.Start(start)!;
    }
}
