using System;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class SymbolsOptionTests
{
    [Theory]
    [InlineData("report", "run.nettrace")]
    [InlineData("simulate", "run.nettrace", "--model", "dotnet-loh")]
    [InlineData("run", "app.dll")]
    public async Task FolderThatIsNotThere_IsNamed(params string[] arguments)
    {
        using TestFolder folder = new();
        for (int i = 1; i < arguments.Length; i++)
        {
            if (arguments[i].Contains('.', StringComparison.Ordinal))
                arguments[i] = folder.File(arguments[i], "");
        }

        string missing = folder.PathOf("missing");
        ToolRun run = await ToolRun.Of([.. arguments, "--symbols", missing]);

        Assert.Equal(ExitCode.Arguments, run.Code);
        Assert.Equal($"[ERROR] --symbols {missing}: there is no such folder.", run.Error.Trim());
    }
}
