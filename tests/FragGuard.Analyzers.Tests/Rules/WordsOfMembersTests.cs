using System.Threading;
using FragGuard.Analyzers.Patterns.Mentions;
using FragGuard.Analyzers.Rules.Native;
using FragGuard.Analyzers.Rules.Pools;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FragGuard.Analyzers.Tests.Rules;

/// <summary>Rules see every member only where a method of any name can matter to them.</summary>
public class WordsOfMembersTests
{
    private static readonly MetadataReference Runtime = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);

    [Theory]
    [InlineData("class C { void M() => Rent(); }", Mentioned.Rent | Mentioned.Return)]
    [InlineData("class C { byte[] M() => Rent(); }", WatchedWords.Anything)]
    [InlineData("class C { [Rents] B M() => null; }", WatchedWords.Anything)]
    [InlineData("class C { byte[] M() => null; }", Mentioned.Rent | Mentioned.Return)]
    internal void RentedArrays_MatterEverywhereWhereAMethodMayRentForItsCaller(string source, Mentioned expected)
    {
        (CompilationMentions mentions, KnownSymbols symbols) = Read(source);
        Assert.Equal(expected, new RentedArrays().WordsIn(mentions, symbols));
    }

    [Theory]
    [InlineData("class C { void M() { } }", Mentioned.None)]
    [InlineData("[SharedZone] class C { void M() { } }", WatchedWords.Anything)]
    internal void Zones_MatterEverywhereWhereOneIsAnnotated(string source, Mentioned expected)
    {
        (CompilationMentions mentions, KnownSymbols symbols) = Read(source);
        Assert.Equal(expected, new DoNotMixSizesInOneZone().WordsIn(mentions, symbols));
    }

    [Theory]
    [InlineData("using B = System.Text.StringBuilder; class C { }", false)]
    [InlineData("global using System.Text; class C { }", false)]
    [InlineData("global using B = System.Text.StringBuilder; class C { }", true)]
    public void ObjectsKeptForReuse_MatterEverywhereWhereATypeMayHaveAnotherNameInAllFiles(string source, bool expected)
    {
        (CompilationMentions mentions, KnownSymbols symbols) = Read(source);
        Assert.Equal(expected, new CapWhatYouKeepForReuse().WordsIn(mentions, symbols) == WatchedWords.Anything);
    }

    [Fact]
    public void Reference_MayHaveAnnotatedAnything()
    {
        (CompilationMentions mentions, KnownSymbols symbols) = Read("class C;", MetadataReference.CreateFromImage([], filePath: "Library.dll"));
        Assert.Equal(WatchedWords.Anything, new RentedArrays().WordsIn(mentions, symbols));
        Assert.Equal(WatchedWords.Anything, new DoNotMixSizesInOneZone().WordsIn(mentions, symbols));
    }

    private static (CompilationMentions Mentions, KnownSymbols Symbols) Read(string source, params MetadataReference[] references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Program", [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)], [Runtime, .. references]);
        return (CompilationMentions.Of(compilation, CancellationToken.None), new KnownSymbols(compilation));
    }
}
