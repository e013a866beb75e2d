using System;
using System.Collections.Generic;

namespace FragGuard.FragTrace.Findings;

/// <summary>Why no recording of a .NET process can confirm or refute a rule, and what would tell instead.</summary>
internal static class UnjudgedRules
{
    private const string Native =
        "A recording shows the GC heap; native blocks are told by 'memory', 'arenas', or a log of mtrace given to 'simulate'.";

    private const string Zone = "A recording shows the GC heap, not the zone; 'zones -p' reads a zone while its server runs.";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["FG1002"] = Zone,
        ["FG1003"] = "A cache's events tell what was stored, not whether the entry had a size for its limit.",
        ["FG1004"] = "That a cache did not outgrow memory during a run does not show that it has a limit.",
        ["FG1005"] = "A cache's events tell what was stored, not the group that the cache is declared for.",
        ["FG2004"] = "A use of an array is no event; only the source shows it.",
        ["FG2005"] = "A reference that is kept is no event; only the source shows it.",
        ["FG2007"] = "A use of an array is no event; only the source shows it.",
        ["FG2010"] = "Events of pools tell how many arrays are out, not whether those that are out are used.",
        ["FG2012"] = "What a pooled array refers to is no event; 'heap -p' shows what is alive.",
        ["FG2013"] = "Object pools emit no events; 'heap -p' shows what they hold.",
        ["FG2014"] = "Making a pool is no event; pools are told by what is rented from them.",
        ["FG2016"] = "Events of recyclable streams do not say which manager they come from.",
        ["FG4001"] = Native,
        ["FG4002"] = Native,
        ["FG4003"] = Native,
        ["FG4004"] = Zone,
    };

    public static string ReasonOf(string rule) => Reasons.GetValueOrDefault(rule) ?? $"No run can be held against {rule} yet.";
}
