using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Corpus.Costs;

namespace FragGuard.Corpus;

/// <summary>Runs every rule over folders of sources: <c>dotnet run -c Release --project tests/FragGuard.Corpus -- folder</c>.</summary>
internal static class Program
{
    private const int Crashed = 1;
    private const int BadInput = 2;

    public static Task<int> Main(string[] args)
    {
        Argument<DirectoryInfo[]> folders = new("folders")
        {
            Description = "Folders with C# sources; a project file names a compilation, what has none is one together.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> only = new("--rule")
        {
            Description = "Show the reports of these rules only, such as FG2003.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> list = new("--list") { Description = "Print every report with its line of source." };
        Option<int> mutations = new("--mutations")
        {
            Description = "Also break every file that often, at random, and run the rules over the broken file alone.",
        };
        Option<int> seed = new("--seed") { Description = "Of the mutations.", DefaultValueFactory = _ => 1 };
        RootCommand root = new(
            "Compiles what it can of any sources, runs all rules of FragGuard and prints reports, time and crashes. "
            + "Ends with 1 when a rule crashed, 2 when a folder cannot be read.")
        {
            folders, only, list, mutations, seed, CostCommand.Create(),
        };
        root.SetAction(async (parsed, cancellation) =>
        {
            DirectoryInfo[] given = parsed.GetRequiredValue(folders);
            if (given.FirstOrDefault(folder => !folder.Exists) is { } missing)
            {
                await Console.Error.WriteLineAsync($"'{missing}' is not a folder.").ConfigureAwait(false);
                return BadInput;
            }

            CorpusReport report = new(Console.Out, [.. parsed.GetValue(only) ?? []], parsed.GetValue(list));
            bool crashed = false;
            foreach (DirectoryInfo folder in given)
            {
                RuleRun run = new(SourceFolder.Read(folder.FullName));
                await run.RunAsync(cancellation).ConfigureAwait(false);
                if (parsed.GetValue(mutations) > 0)
                    await run.RunBrokenAsync(parsed.GetValue(mutations), parsed.GetValue(seed), cancellation).ConfigureAwait(false);
                report.Write(folder, run);
                crashed |= run.Crashes.Count > 0;
            }

            return crashed ? Crashed : 0;
        });
        return root.Parse(args).InvokeAsync();
    }
}
