using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;

namespace FragGuard.FragTrace.Building;

/// <summary>What a helper process printed and how it ended.</summary>
/// <param name="Output">Standard output and standard error, line by line in the order they arrived.</param>
internal sealed record ProcessOutput(int ExitCode, IReadOnlyList<string> Output)
{
    /// <summary>Runs a program to its end; it is killed when the token is cancelled.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<ProcessOutput> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using Process process = new() { StartInfo = start };
        List<string> lines = [];
        DataReceivedEventHandler keep = (_, line) =>
        {
            if (line.Data is not null)
            {
                lock (lines)
                    lines.Add(line.Data);
            }
        };
        process.OutputDataReceived += keep;
        process.ErrorDataReceived += keep;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        int exitCode;
        try
        {
            exitCode = await ProcessEnd.OfAsync(process, cancellationToken).ConfigureAwait(false);
        }
        catch (System.OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (lines)
            return new ProcessOutput(exitCode, [.. lines]);
    }
}
