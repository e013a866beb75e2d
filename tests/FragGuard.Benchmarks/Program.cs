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
    case ["reading-turns", var file, .. var rest]:
        await new ReadingTurns(
            file,
            rest is [var turns, ..] ? int.Parse(turns, CultureInfo.InvariantCulture) : 3,
            rest is [_, var native] ? native : null).RunAsync().ConfigureAwait(false);
        break;
    case ["conversion", var file]:
        ReadingTurns.Convert(file);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
            args, DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40)));
        break;
}
