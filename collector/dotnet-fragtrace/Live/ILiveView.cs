using System;
using System.Threading.Tasks;
using FragGuard.Collector.Live;

namespace FragGuard.FragTrace.Live;

/// <summary>Shows a watched process, look by look.</summary>
internal interface ILiveView
{
    /// <summary>Runs the watching, which shows each look through what it is given.</summary>
    Task RunAsync(Func<Action<LiveMoment>, Task> watch);
}
