using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Collector.Tests.Target;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        int[] numbers = [.. arguments.Skip(1).Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        switch (arguments.FirstOrDefault())
        {
            case "exit":
                return numbers[0];
            case "tell":
                await File.WriteAllTextAsync(arguments[1], "").ConfigureAwait(false);
                return 0;
            case "term":
                return Termination.Wait(isDeaf: numbers[0] == 1);
            case "wait":
                Truth.Say("ready", 1);
                await Task.Delay(TimeSpan.FromSeconds(numbers[0])).ConfigureAwait(false);
                return 0;
            case "doze":
                Thread.Sleep(numbers[0]);
                return 0;
            case "large":
                LargeArrays.Churn(numbers[0], numbers[1], numbers[2]);
                return 0;
            case "quiet":
                await Quiet.CollectAndWaitAsync(numbers[0], TimeSpan.FromSeconds(numbers[1])).ConfigureAwait(false);
                return 0;
            case "spin":
                LargeArrays.Spin(TimeSpan.FromSeconds(numbers[0]));
                return 0;
            case "load":
                Load.Run(TimeSpan.FromSeconds(numbers[0]));
                return 0;
            case "layout":
                LargeArrays.Punch();
                return 0;
            case "ages":
                Ages.Live();
                return 0;
            case "pins":
                Pins.Hold(numbers[0]);
                return 0;
            case "heap":
                HeapChurn.Run(numbers[0], numbers[1], numbers[2]);
                return 0;
            case "mix":
                HeapMix.Run(numbers[0], numbers[1], numbers[2]);
                return 0;
            case "measures":
                Measures.Collect();
                return 0;
            case "pools":
                Pools.Use();
                return 0;
            case "pooltruth":
                PoolTruth.Run(numbers[0], numbers[1], collect: numbers[2] == 1);
                return 0;
            case "trims":
                PoolTrims.Run();
                return 0;
            case "streams":
                Streams.Use();
                return 0;
            case "rents":
                Pools.Storm(numbers[0]);
                return 0;
            case "cache":
                Cache.Use();
                return 0;
            case "sites":
                await Sites.AllocateAsync().ConfigureAwait(false);
                return 0;
            case "namedsites":
                await NamedSites.AllocateAsync().ConfigureAwait(false);
                return 0;
            case "punched":
                HeapShapes.Punch(numbers[0]);
                return 0;
            case "chain":
                HeapShapes.Chain(numbers[0]);
                return 0;
            case "caches":
                KnownCaches.Show();
                return 0;
            case "parent":
                return Parent.RunChild();
            default:
                return 64;
        }
    }
}
