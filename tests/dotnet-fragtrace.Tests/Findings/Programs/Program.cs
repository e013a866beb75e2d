using System;

namespace Verdicts;

/// <summary>
/// Code that rules warn of. The comment behind a line names the rule: in capitals where the run that the first argument asks for
/// does the harm, in small letters where it does not.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments[0])
        {
            case "churn":
                RawCache.Run(replacements: 3_000);
                return 0;
            case "kept":
                RawCache.Run(replacements: 0);
                return 0;
            case "capacity":
                Growing.Run();
                return 0;
            case "pools":
                MixedPools.Run();
                return 0;
            case "rents":
                Rents.Run();
                return 0;
            case "flood":
                Rents.Flood(TimeSpan.FromSeconds(2));
                return 0;
            case "returns":
                Returns.Run();
                return 0;
            case "generated":
                Generated.Run();
                return 0;
            case "pins":
                Pins.Run();
                return 0;
            case "pinnedheap":
                PinnedHeap.Run();
                return 0;
            case "unjudged":
                PinnedHeap.RunWithoutFullGcs();
                return 0;
            default:
                return 0;
        }
    }
}
