using System;
using System.IO;
using System.Threading.Tasks;

namespace FragGuard.Analyzers.Tests.Packages;

/// <summary>
/// The packages as users get them: packed once into a feed of their own, or before the tests into the folder that the
/// environment variable <c>FRAGGUARD_FEED</c> names.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private string _folder = "";

    public string Feed { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _folder = Directory.CreateTempSubdirectory("fragguard-packages-").FullName;
        if (Environment.GetEnvironmentVariable("FRAGGUARD_FEED") is { Length: > 0 } packed)
        {
            Feed = Path.GetFullPath(packed, RepositoryFiles.Root);
            return;
        }

        Feed = Path.Combine(_folder, "feed");
        foreach (string project in new[] { "FragGuard.Analyzers.Package", "FragGuard.Annotations" })
        {
            // Output of its own: the build that runs this test must not be disturbed.
            await Dotnet.RunAsync(
                RepositoryFiles.Root,
                "pack", Path.Combine("analyzers", project), "-c", "Release", "-o", Feed, "--nologo", "-v", "q",
                "--artifacts-path", Path.Combine(_folder, "artifacts"));
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A fresh project that uses the packages, its package folder its own, its feed ours alone.</summary>
    /// <param name="code">The one source file.</param>
    /// <param name="properties">More properties, as MSBuild elements.</param>
    public string NewProject(string code, string properties = "")
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllText(Path.Combine(folder, "Program.cs"), code);
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <OutputType>Library</OutputType>
                <Nullable>enable</Nullable>
                <RestoreSources>{Feed}</RestoreSources>
                <RestorePackagesPath>{Path.Combine(_folder, "restored")}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
                <ErrorLog>findings.sarif,version=2.1</ErrorLog>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="FragGuard.Analyzers" Version="0.1.0" PrivateAssets="all" />
                <PackageReference Include="FragGuard.Annotations" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        return folder;
    }
}
