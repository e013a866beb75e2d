using System;
using System.Threading;
using FragGuard.Samples;
using FragGuard.Samples.PooledChunkCache;

if (SampleOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(SampleOptions.Usage);
    return 3;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var heap = new HeapWatch();
ChurnResult churn = Churn.Run(options, heap, stop.Token);
new Summary(Console.Out).Write("PooledChunkCache", churn, heap);
return 0;
