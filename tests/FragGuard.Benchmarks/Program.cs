using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using FragGuard.Benchmarks.Recording;

switch (args)
{
    case ["collector-cost", .. var settings]:
        await new RecordingCost(new RecordingSettings(settings)).RunAsync().ConfigureAwait(false);
        break;
    case ["collector-loss", .. var settings]:
        await new RecordingLoss(new RecordingSettings(settings)).RunAsync().ConfigureAwait(false);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
            args, DefaultConfig.Instance.WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40)));
        break;
}
