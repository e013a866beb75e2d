using System;
using System.Diagnostics;

namespace FragGuard.Collector.Tests.Target;

internal static class Parent
{
    /// <summary>Starts this program again, as tools that start tools do, and passes its exit code on.</summary>
    public static int RunChild()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!);
        start.ArgumentList.Add(typeof(Parent).Assembly.Location);
        start.ArgumentList.Add("exit");
        start.ArgumentList.Add("9");
        using Process child = Process.Start(start)!;
        child.WaitForExit();
        return child.ExitCode;
    }
}
