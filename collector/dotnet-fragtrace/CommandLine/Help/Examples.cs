using System;
using System.Collections.Generic;

namespace FragGuard.FragTrace.CommandLine.Help;

/// <summary>What the help of each verb ends with. The name of the tool itself stands for the help without a verb.</summary>
internal static class Examples
{
    public const string Tool = "dotnet-fragtrace";

    /// <summary>By verb, the plainest example first.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Example>> ByVerb { get; } =
        new Dictionary<string, IReadOnlyList<Example>>(StringComparer.Ordinal)
        {
            [Tool] =
            [
                new("run src/Shop", "build with the rules, run under trace, judge every finding"),
                new("ps", "which processes can be recorded?"),
                new("collect -n Shop --duration 00:01:00", "record one of them for a minute"),
                new("report shop.nettrace -o shop.html", "see what was recorded"),
            ],
            ["run"] =
            [
                new("run .", "the project in this folder"),
                new("run src/Shop -o shop.html -- --urls http://127.0.0.1:5080", "arguments after -- are the program's"),
                new("run src/Shop --duration 00:01:00", "a server that does not end by itself"),
                new("run bin/Release/net10.0/Shop.dll --findings build.sarif", "a program that is built already"),
            ],
            ["ps"] =
            [
                new("ps", "id, name and command line of each"),
                new("ps --json", "the same for a script"),
            ],
            ["collect"] =
            [
                new("collect -n Shop --duration 00:01:00", "a running process, by name"),
                new("collect -p 4711 --profile layout -o shop.nettrace", "every generation with its holes"),
                new("collect -o shop.nettrace -- dotnet bin/Release/net10.0/Shop.dll", "a new process, from its first event on"),
                new("collect --diagnostic-port /tmp/shop.sock --max-size 500m", "whoever starts with DOTNET_DiagnosticPorts=/tmp/shop.sock"),
            ],
            ["list-profiles"] =
            [
                new("list-profiles", "what each records, and what it was measured to cost"),
                new("list-profiles --json", "the same for a script"),
            ],
            ["heap"] =
            [
                new("heap -p 4711", "holes, and what stands beside them; forces one full GC, two before .NET 10"),
                new("heap -n Shop -o heap.html", "the same as a page"),
                new("heap -p 4711 --json", "every region, for a script"),
            ],
            ["monitor"] =
            [
                new("monitor -n Shop", "a live view; q ends it"),
                new("monitor -p 4711 --json", "a line of JSON per look"),
                new("monitor -p 4711 --otlp http://127.0.0.1:4318", "metrics for a collector of OpenTelemetry"),
            ],
            ["report"] =
            [
                new("report shop.nettrace", "tables in the terminal"),
                new("report shop.nettrace -o shop.html", "one page that opens offline"),
                new("report shop.nettrace --symbols ./symbols", "recorded elsewhere: lines of the source by its PDBs"),
                new("report shop.json -o shop.html", "a result that was saved with --json"),
            ],
            ["validate"] =
            [
                new("validate shop.nettrace --findings findings.sarif", "a verdict on each finding of a build"),
                new("validate shop.nettrace --findings findings.sarif -o judged.sarif", "the same file again, with verdicts that viewers show"),
                new("validate shop.json --findings web.sarif --findings jobs.sarif --format markdown", "for a merge request"),
            ],
            ["gate"] =
            [
                new("gate shop.nettrace --max loh.fragmentation=0.3", "exit code 10 when more of the large-object heap is free"),
                new("gate shop.nettrace --baseline shop.baseline.json", "when it is worse than what the repository keeps"),
                new("gate new1.nettrace new2.nettrace new3.nettrace --against old1.nettrace old2.nettrace old3.nettrace", "when chance hardly explains the change"),
                new("gate --list", "every metric that can be limited"),
            ],
            ["simulate"] =
            [
                new("simulate shop.nettrace --model dotnet-loh --model dotnet-gc", "how far are the models off, GC by GC?"),
                new("simulate workload.txt --model lua-shared-dict --set zone=40m --advise", "which remedy helps?"),
                new("simulate workload.txt --model glibc --model jemalloc --model mimalloc", "several allocators side by side"),
                new("simulate mtrace.log --model glibc", "a log of glibc's mtrace()"),
            ],
            ["models"] =
            [
                new("models", "every allocator, its settings and how true the model is"),
                new("models --json", "the same for a script"),
            ],
            ["zones"] =
            [
                new("zones -p 812", "an nginx worker or master"),
                new("zones -p 812 --simulate", "what still fits, and what a split would save"),
                new("zones -p 812 -o zones.html", "the map of every page"),
            ],
            ["arenas"] =
            [
                new("arenas -p 812", "fragmentation, and what malloc_trim would return"),
                new("arenas -p 812 -o arenas.html", "every arena page by page"),
            ],
            ["memory"] =
            [
                new("memory -p 4711", "what resident memory is for"),
                new("memory -p 4711 --gc", "after one full GC"),
                new("memory -p 4711 --json", "the parts, for a script"),
            ],
            ["kernel"] =
            [
                new("kernel", "free memory at each order, now"),
                new("kernel --watch 300 -o kernel.html", "how it changes in five minutes"),
                new("kernel --explain buddyinfo.txt", "a file that was saved elsewhere"),
            ],
            ["completion"] =
            [
                new("completion bash", "in ~/.bashrc: source <(dotnet-fragtrace completion bash)"),
                new("completion zsh", "in ~/.zshrc: source <(dotnet-fragtrace completion zsh)"),
                new("completion fish", "into ~/.config/fish/completions/dotnet-fragtrace.fish"),
                new("completion pwsh", "in $PROFILE: dotnet-fragtrace completion pwsh | Out-String | Invoke-Expression"),
            ],
        };
}
