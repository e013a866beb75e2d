using System.Runtime.InteropServices;
using System.Threading;

namespace FragGuard.Collector.Tests.Target;

/// <summary>A program that tidies up when it is asked to end, or takes no notice.</summary>
internal static class Termination
{
    public static int Wait(bool isDeaf)
    {
        using ManualResetEventSlim asked = new();
        using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Truth.Say("asked");
            if (!isDeaf)
                asked.Set();
        });
        Truth.Say("ready");
        asked.Wait();
        Thread.Sleep(200);
        Truth.Say("tidied");
        return 42;
    }
}
