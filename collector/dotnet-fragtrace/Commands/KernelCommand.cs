using System;
using System.CommandLine;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Commands;

/// <summary><c>kernel</c>: free memory by order, slab caches and stalls of this machine, or of another one from its saved files.</summary>
internal sealed class KernelCommand
{
    private readonly Option<string[]> _explain = new("--explain")
    {
        Description = "Saved files of another machine instead of this one: buddyinfo, pagetypeinfo, zoneinfo, slabinfo, meminfo, vmstat.",
        HelpName = "files",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly KernelWatchOptions _watch = new();
    private readonly KernelRecord _record = new();
    private readonly ResultOutput _output = new(ResultForms.All, isPrivate: true);
    private readonly ToolConsole _console;

    private KernelCommand(ToolConsole console) => _console = console;

    public static Command Create(ToolConsole console)
    {
        KernelCommand verb = new(console);
        Command command = new("kernel", "Show how fragmented the kernel's free memory is. Only reads; changes nothing.") { verb._explain };
        verb._watch.AddTo(command);
        verb._record.AddTo(command);
        verb._output.AddTo(command);
        command.SetAction((parsed, _) => verb.RunAsync(parsed));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        _output.Prepare(parsed);
        string[] saved = parsed.GetValue(_explain) ?? [];
        bool watches = _watch.IsAsked(parsed);
        bool records = _record.IsAsked(parsed);
        if (Convert.ToInt32(saved.Length > 0) + Convert.ToInt32(watches) + Convert.ToInt32(records) > 1)
            throw new FragTraceException("--explain, --watch and --record exclude each other.", ExitCode.Arguments);
        if (_watch.HasInterval(parsed) && !watches)
            throw new FragTraceException("--interval is for --watch.", ExitCode.Arguments);
        if (_record.DurationOf(parsed) is not null && !watches && !records)
            throw new FragTraceException("--duration is for --watch and --record.", ExitCode.Arguments);
        if (_record.HasBufferSize(parsed) && !records)
            throw new FragTraceException("--buffersize is for --record.", ExitCode.Arguments);
        KernelReport report = saved.Length > 0 ? KernelSavedFiles.Explain(saved)
            : records ? Record(parsed)
            : watches ? await WatchAsync(parsed).ConfigureAwait(false)
            : Look();
        _output.Write(parsed, new ResultForms<KernelReport>(report, ReportJson.Default.KernelReport, () => KernelPage.Build(report)), _console);
        return (int)ExitCode.Ok;
    }

    private static KernelReport Look() =>
        InspectionErrors.Run(() => KernelReportBuilder.Build(LiveKernel.Read(), LiveKernel.Release()));

    private async Task<KernelReport> WatchAsync(ParseResult parsed)
    {
        KernelWatch watch = _watch.Create(parsed, _record.DurationOf(parsed), SayTo(parsed));
        using StopSignals signals = new();
        _ = Look();
        _console.Note("Watching the kernel's memory; Enter or Ctrl+C stops.");
        KernelSeriesRow series = await watch.RunAsync(signals.Stop).ConfigureAwait(false);
        return Look() with { Series = series };
    }

    private KernelReport Record(ParseResult parsed)
    {
        using StopSignals signals = new();
        KernelRecordingRow recording = _record.Run(parsed, _console, signals);
        return Look() with { Recording = recording };
    }

    /// <summary>Lines go where the text result goes too; beside any other result they are notes.</summary>
    private Action<string> SayTo(ParseResult parsed) => !_output.IsTextOnStandardOutput(parsed)
        ? _console.Note
        : line =>
        {
            _console.Out.WriteLine(Printable.Line(line));
            _console.Out.Flush();
        };
}
