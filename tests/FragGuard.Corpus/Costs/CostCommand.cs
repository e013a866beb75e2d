using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace FragGuard.Corpus.Costs;

/// <summary>Measures each rule alone: <c>dotnet run -c Release --project tests/FragGuard.Corpus -- cost folder</c>.</summary>
internal static class CostCommand
{
    private const int BadInput = 2;

    public static Command Create()
    {
        Argument<DirectoryInfo> sources = new("folder") { Description = "C# sources, which are compiled together." };
        Option<string[]> rules = new("--rule")
        {
            Description = "Measure these rules only, such as FG2003.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> every = new("--every") { Description = "Measure only each so manieth rule.", DefaultValueFactory = _ => 1 };
        Option<int> builds = new("--builds") { Description = "Builds of each compiler process.", DefaultValueFactory = _ => 3 };
        Option<string[]> symbols = new("--define") { Description = "More preprocessor symbols.", AllowMultipleArgumentsPerToken = true };
        Option<DirectoryInfo[]> others = new("--others")
        {
            Description = "Folders of other analyzers: builds once more with them and all rules, and prints the medians.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<FileInfo?> config = new("--config") { Description = "A global analyzer config that switches rules of those on." };
        Option<int> pairs = new("--pairs")
        {
            Description = "Also build with all our rules and with all but one, in turns, so many times each, and print what that one adds.",
        };
        Option<bool> profile = new("--profile")
        {
            Description = "With '--others' on Linux: have 'perf' sample those builds, and tell apart the rules that are one row of the compiler's table.",
        };
        Command command = new("cost", "Prints what the compiler charges our analyzers with all rules on and with one alone, build by build.")
        {
            sources, rules, every, builds, symbols, others, config, pairs, profile,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string[] asked = parsed.GetValue(rules) ?? [];
            DirectoryInfo folder = parsed.GetRequiredValue(sources);
            DirectoryInfo[] given = parsed.GetValue(others) ?? [];
            if ((Wrong(folder, given, asked, parsed.GetValue(every), parsed.GetValue(builds), parsed.GetValue(pairs))
                ?? (parsed.GetValue(profile) ? NotToBeSampled(given) : null)) is { } wrong)
            {
                await Console.Error.WriteLineAsync(wrong).ConfigureAwait(false);
                return BadInput;
            }

            CostSettings settings = new(
                folder, [.. parsed.GetValue(symbols) ?? []], Chosen(asked, parsed.GetValue(every)), parsed.GetValue(builds),
                [.. given], parsed.GetValue(config), parsed.GetValue(pairs), parsed.GetValue(profile));
            await new RuleCosts(settings, Console.Out).RunAsync(cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    /// <param name="asked">Ids of rules; all where there are none.</param>
    /// <param name="every">The distance between two of those that are chosen.</param>
    internal static ImmutableArray<string> Chosen(string[] asked, int every) =>
        [.. (asked.Length == 0 ? RuleRun.Ids : [.. asked]).Where((_, index) => index % every == 0)];

    private static string? Wrong(DirectoryInfo folder, DirectoryInfo[] others, string[] asked, int every, int builds, int pairs)
    {
        if (others.Prepend(folder).FirstOrDefault(one => !one.Exists) is { } missing)
            return $"'{missing}' is not a folder.";
        if (asked.Except(RuleRun.Ids, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            return $"'{unknown}' is no rule; the rules are {string.Join(", ", RuleRun.Ids)}.";
        if (every < 1 || builds < 1)
            return "'--every' and '--builds' begin with 1.";
        return pairs < 0 ? "'--pairs' begins with 0." : null;
    }

    private static string? NotToBeSampled(DirectoryInfo[] others) =>
        others.Length == 0 ? "'--profile' needs '--others', whose builds it samples."
        : !Sampler.IsHere ? "'--profile' needs the program 'perf'."
        : null;
}
