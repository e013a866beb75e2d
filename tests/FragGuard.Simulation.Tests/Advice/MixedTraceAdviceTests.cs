using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

/// <summary>Advice on a trace that holds every kind of event, blocks and entries side by side.</summary>
public sealed class MixedTraceAdviceTests
{
    private static readonly string[] Lines =
    [
        "thread 1", "alloc {1..40} 300", "alloc {41..80} 200000 site=Load", "alloc {81..120..2} 90 pinned",
        "pin 1", "gc 2", "unpin 1", "realloc {1..20} 100", "realloc {41..50} 400000", "alloc huge 1099511627776", "free huge",
        "free {2..80..2}", "set {1..60} 500 ttl=50", "lpush l{1..5} 40", "rpush l{1..5} 40000", "lpop l{1..5}",
        "safe_add {50..70} 3000", "replace {1..10} 9", "incr n init", "incr n", "set l1 7", "time 100", "flush_expired",
        "set {1..60..2} 5000", "touch {1..9} ttl=5", "delete {1..30}", "lpush full 4000000000", "lpop full", "flush_all",
        "set {1..30} 100", "trim", "gc 0", "free {1..79..2}",
    ];

    [Theory, MemberData(nameof(Models))]
    public void EveryModel_IsAdvised(string model)
    {
        TraceAdvice advice = TraceAdvisor.Advise(WorkloadReader.Read(Lines), model);

        Assert.All(advice.Remedies.Append(advice.AsWritten), remedy =>
        {
            Assert.InRange(remedy.Stranded, 0, 1);
            Assert.InRange(remedy.MeanStrandedBytes, 0, long.MaxValue);
            Assert.InRange(remedy.MeanResidentBytes, 0, long.MaxValue);
        });
    }

    public static TheoryData<string> Models() => new(AllocatorModels.All.Select(info => info.Name));
}
