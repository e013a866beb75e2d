using System.IO;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Packages;

namespace FragGuard.Packages.Tests;

/// <summary>FragGuard.Testing as a user gets it: a fresh project that references nothing but the package.</summary>
public sealed class InstalledTestingTests(PackedFeed feed)
{
    private const string Program = """
        using System;
        using System.Buffers;
        using System.Threading.Tasks;
        using FragGuard.Testing;

        FragmentationRun run = await FragmentationRecorder.RecordAsync(() =>
        {
            for (int i = 0; i < 500; i++)
                ArrayPool<byte>.Shared.Rent(70_000 + i);
            return Task.CompletedTask;
        });
        run.AssertAbove("pools.outstanding", 400);
        try
        {
            run.AssertBelow("pools.outstanding", 100);
        }
        catch (FragmentationAssertException failure)
        {
            Console.WriteLine("refused: " + failure.Message);
        }
        """;

    [Fact]
    public async Task FreshProject_RecordsItselfWithTheToolOfThePackage()
    {
        string folder = feed.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), Program, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Asserts.csproj"), feed.ProjectText("FragGuard.Testing"), TestContext.Current.CancellationToken);

        (int code, string said) = await Dotnet.EndAsync(
            folder, "dotnet", ["run", "--project", "Asserts.csproj"], ("NUGET_PACKAGES", Path.Combine(folder, "packages")));

        Assert.True(code == 0, said);
        Assert.Matches(@"(?m)^refused: .*pools\.outstanding is 5\d\d, not below 100", said);
    }
}
