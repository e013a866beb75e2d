using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Tests;

public class NamesOfOptionsTests
{
    private const string Key = "fragguard.names";

    [Theory]
    [InlineData("", "|", "")]
    [InlineData("A", "A|", "A")]
    [InlineData("A B", "A, B", "B,A", "A")]
    [InlineData("A B C", "A", "B", "A|C")]
    [InlineData("C", "", "", "C")]
    public void Names_AreThoseOfAllFilesOnce(string expected, params string[] ofFiles)
    {
        CSharpCompilation compilation = Verifier.Compile(ofFiles);
        NamesOfOptions names = new(new OptionsOfFiles(compilation, ofFiles));

        Assert.Equal(expected, string.Join(' ', names.Anywhere(Key, compilation)));
        Assert.Same(names.Anywhere(Key, compilation), names.Anywhere(Key, compilation));
    }

    [Fact]
    public void OtherKey_HasOtherNames()
    {
        CSharpCompilation compilation = Verifier.Compile([""]);
        NamesOfOptions names = new(new OptionsOfFiles(compilation, ["A"]));

        Assert.Equal(["A"], names.Anywhere(Key, compilation));
        Assert.Empty(names.Anywhere("fragguard.others", compilation));
    }

    /// <summary>A value for each file; none where it is empty.</summary>
    private sealed class OptionsOfFiles(Compilation compilation, string[] values) : AnalyzerConfigOptionsProvider
    {
        private readonly Dictionary<SyntaxTree, AnalyzerConfigOptions> _options = compilation.SyntaxTrees
            .Select((tree, index) => (tree, index)).ToDictionary(pair => pair.tree, pair => (AnalyzerConfigOptions)new OneOption(values[pair.index]));

        public override AnalyzerConfigOptions GlobalOptions { get; } = new OneOption("");

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _options[tree];

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class OneOption(string value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string found)
        {
            found = value;
            return value.Length > 0 && string.Equals(key, Key, System.StringComparison.Ordinal);
        }
    }
}
