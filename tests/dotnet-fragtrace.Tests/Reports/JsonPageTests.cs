using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using FragGuard.Analyzers.Tests;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class JsonPageTests
{
    public static TheoryData<Type> Objects =>
    [
        typeof(RunReport), typeof(RunComparison), typeof(SimulationReport), typeof(SimulationComparison), typeof(ModelCatalogue),
        typeof(CollectResult), typeof(ProcessListing), typeof(ProfileCatalogue), typeof(HeapReport), typeof(LiveReport),
        typeof(ArenaReport), typeof(ZonesReport), typeof(KernelReport), typeof(MemoryReport),
        typeof(GateReport), typeof(MetricListing),
        typeof(ValidationReport),
    ];

    [Theory, MemberData(nameof(Objects))]
    public void EveryKey_IsOnThePage(Type root)
    {
        string page = File.ReadAllText(PagePath());
        string[] keys = [.. Keys(root, [])];

        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fragguard.run/1")]
    [InlineData("fragguard.comparison/1")]
    [InlineData("fragguard.simulation/1")]
    [InlineData("fragguard.models/1")]
    [InlineData("fragguard.collect/1")]
    [InlineData("fragguard.processes/1")]
    [InlineData("fragguard.profiles/1")]
    [InlineData("fragguard.heap/1")]
    [InlineData("fragguard.kernel/1")]
    [InlineData("fragguard.live/1")]
    [InlineData("fragguard.arenas/1")]
    [InlineData("fragguard.zones/1")]
    [InlineData("fragguard.memory/1")]
    [InlineData("fragguard.gate/1")]
    [InlineData("fragguard.metrics/1")]
    [InlineData("fragguard.validation/1")]
    public void EverySchema_HasAChapter(string schema) =>
        Assert.Contains(": " + schema + "\n", File.ReadAllText(PagePath()), StringComparison.Ordinal);

    /// <summary>Quantities are keys of dictionaries, so that no type names them; the judges' sources do.</summary>
    [Fact]
    public void EveryQuantity_OfAJudge_IsOnThePage()
    {
        string page = File.ReadAllText(PagePath());
        string folder = Path.Combine(RepositoryFiles.Root, "collector", "dotnet-fragtrace", "Findings");
        string[] keys = [.. Directory.GetFiles(folder, "*Judge.cs").SelectMany(QuantitiesIn).Distinct(StringComparer.Ordinal)];

        Assert.Contains("diedShare", keys, StringComparer.Ordinal);
        Assert.Contains("idleShare", keys, StringComparer.Ordinal);
        Assert.All(keys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }

    /// <summary>As keys of an initializer or an assignment, or as constants that name them.</summary>
    private static IEnumerable<string> QuantitiesIn(string source) =>
        Regex.Matches(File.ReadAllText(source), """(?:\["|const string \w+ = ")(?<key>[a-z]\w+)"(?:\] =|;)""", RegexOptions.None, TimeSpan.FromSeconds(10))
            .Select(match => match.Groups["key"].Value);

    private static IEnumerable<string> Keys(Type type, HashSet<Type> seen)
    {
        if (!string.Equals(type.Namespace, typeof(RunReport).Namespace, StringComparison.Ordinal) || !seen.Add(type))
            return [];
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property => Keys(ElementOf(property.PropertyType), seen)
                .Prepend(JsonNamingPolicy.CamelCase.ConvertName(property.Name)));
    }

    private static Type ElementOf(Type type) => type.IsGenericType ? type.GetGenericArguments()[^1] : type;

    internal static string PagePath() => Path.Combine(RepositoryFiles.Root, "collector", "dotnet-fragtrace", "JSON.md");
}
