using System;
using System.CommandLine;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.CommandLine.Completion;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>completion</c>: prints what a shell needs to complete our command lines.</summary>
internal static class CompletionCommand
{
    public static Command Create(ToolConsole console)
    {
        string shells = string.Join(", ", ShellScripts.ByShell.Keys.Order(StringComparer.Ordinal));
        Argument<string> shell = new("shell") { Description = $"One of {shells}." };
        shell.CompletionSources.Add(_ => ShellScripts.ByShell.Keys.Order(StringComparer.Ordinal));
        Command command = new("completion", "Print a script that completes verbs, options, models, profiles, metrics and process ids in a shell.") { shell };
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(shell);
            if (!ShellScripts.ByShell.TryGetValue(name, out string? script))
                throw new FragTraceException($"There is no completion for '{name}'; known: {shells}.", ExitCode.Arguments);
            console.Out.Write(script.ReplaceLineEndings("\n") + "\n");
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
