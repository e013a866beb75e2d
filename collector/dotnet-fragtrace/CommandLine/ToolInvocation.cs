using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.FragTrace.Commands;

namespace FragGuard.FragTrace.CommandLine;

/// <summary>One run of the tool: parses, invokes the verb, and owns every error on the way.</summary>
public static class ToolInvocation
{
    public static async Task<ExitCode> RunAsync(
        IReadOnlyList<string> args, ToolConsole console, CancellationToken cancellation = default)
    {
        try
        {
            ParseResult parsed = FragTraceCommand.Create(console).Parse(args, Parsing);
            if (parsed.Action is ParseErrorAction or null)
                throw new FragTraceException(Complaint(parsed), ExitCode.Arguments);
            int code = await parsed.InvokeAsync(Configuration(console), cancellation).ConfigureAwait(false);
            await console.Out.FlushAsync(cancellation).ConfigureAwait(false);
            return (ExitCode)code;
        }
        catch (FragTraceException expected)
        {
            if (!expected.IsQuiet)
                console.Complain(expected.Message);
            return expected.ExitCode;
        }
        catch (OperationCanceledException)
        {
            console.Complain("Cancelled.");
            return ExitCode.Tracing;
        }
        catch (Exception bug)
        {
            console.Complain($"unexpected: {bug.Message} ({bug.GetType().Name})");
            return ExitCode.Unexpected;
        }
    }

    /// <summary>No response files: an argument that starts with @ means itself.</summary>
    private static ParserConfiguration Parsing => new() { ResponseFileTokenReplacer = null };

    /// <summary>
    /// Signals are the verb's: the parser's own handler would hold each one back until its timeout, and a recording
    /// would not hear of it (see <see cref="StopSignals"/>).
    /// </summary>
    private static InvocationConfiguration Configuration(ToolConsole console) => new()
    {
        Output = console.Out,
        Error = console.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    private static string Complaint(ParseResult parsed) =>
        string.Join(" ", parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal));
}
