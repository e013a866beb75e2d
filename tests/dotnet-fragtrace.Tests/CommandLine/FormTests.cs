using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Commands;

namespace FragGuard.FragTrace.Tests.CommandLine;

public sealed class FormTests
{
    /// <summary>A page that had to leave rows out names <c>--json</c>, so that every verb with pages must have it.</summary>
    [Fact]
    public void EveryVerbWithForms_HasJsonAmongThem()
    {
        using ToolConsole console = new(TextWriter.Null, TextWriter.Null);
        Command[] verbs = [.. FragTraceCommand.Create(console).Subcommands.Where(verb => Has(verb, "--format"))];

        Assert.True(verbs.Length >= 10, string.Join(", ", verbs.Select(verb => verb.Name)));
        Assert.All(verbs, verb =>
        {
            Assert.True(Has(verb, "--json"), verb.Name);
            Assert.Contains("json", verb.Options.Single(option => option.Name is "--format").Description!, StringComparison.Ordinal);
        });
    }

    private static bool Has(Command verb, string name) => verb.Options.Any(option => string.Equals(option.Name, name, StringComparison.Ordinal));
}
