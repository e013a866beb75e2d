using System;
using System.CommandLine;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Commands;

/// <summary>How long and how often <c>kernel --watch</c> looks.</summary>
internal sealed class KernelWatchOptions
{
    private const double MostSeconds = 365 * 86_400.0;

    private readonly Option<double?> _watch = new("--watch")
    {
        Description = "Look again and again for so many seconds, or until Ctrl+C; marks recoveries and steps of Slab.",
        HelpName = "seconds",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = static result => result.Tokens.Count == 0 ? null : NumberText.Real(result),
    };

    private readonly Option<double> _interval = new("--interval")
    {
        Description = "Seconds from one look to the next.",
        DefaultValueFactory = _ => 1,
        HelpName = "s",
        CustomParser = NumberText.Real,
    };

    public void AddTo(Command command)
    {
        command.Add(_watch);
        command.Add(_interval);
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetResult(_watch) is not null;

    public bool HasInterval(ParseResult parsed) => parsed.GetResult(_interval) is { Implicit: false };

    /// <param name="duration">How long when no seconds are given; null for until it is stopped.</param>
    /// <exception cref="FragTraceException">A time is out of range, or given twice.</exception>
    public KernelWatch Create(ParseResult parsed, TimeSpan? duration, Action<string> say)
    {
        double interval = parsed.GetValue(_interval);
        if (interval is not (>= 0.1 and <= 3_600))
            throw new FragTraceException("--interval is from 0.1 to 3600 seconds.", ExitCode.Arguments);
        double? seconds = parsed.GetValue(_watch);
        if (seconds is not (null or > 0 and <= MostSeconds))
            throw new FragTraceException("--watch takes more than 0 seconds and at most a year.", ExitCode.Arguments);
        if (seconds is not null && duration is not null)
            throw new FragTraceException("--watch with seconds and --duration exclude each other: both say how long.", ExitCode.Arguments);
        return new KernelWatch(TimeSpan.FromSeconds(interval), seconds is { } time ? TimeSpan.FromSeconds(time) : duration, say);
    }
}
