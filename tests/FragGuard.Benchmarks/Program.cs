using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using FragGuard.Benchmarks.Recording;
using FragGuard.Benchmarks.Recordings;

switch (args)
{
    case ["collector-cost", .. var settings]:
        await new RecordingCost(new RecordingSettings(settings)).RunAsync().ConfigureAwait(false);
        break;
    case ["collector-loss", .. var settings]:
        await new RecordingLoss(new RecordingSettings(settings)).RunAsync().ConfigureAwait(false);
        break;
    case ["reading-turns", var file, .. var turns]:
        await new ReadingTurns(file, turns is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 3)
            .RunAsync().ConfigureAwait(false);
        break;
    case ["reading-once", var what, var file]:
        ReadingTurns.Repeat(what, file);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
            args, DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40)));
        break;
}
