using System.IO;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FragGuard.Analyzers.Tests.Patterns;

public class AnnotatedReferencesTests
{
    private const string Attribute = "namespace FragGuard.Annotations { public class RentsAttribute : System.Attribute { } }";

    private static readonly MetadataReference[] Runtime =
        [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)];

    [Fact]
    public void RuntimeAlone_HasNone() => Assert.False(AnnotatedReferences.Any(Compile("Program", "")));

    [Fact]
    public void LibraryWithoutAnnotations_HasNone() =>
        Assert.False(AnnotatedReferences.Any(Compile("Program", "", Library("Library", "public class C { }"))));

    [Fact]
    public void LibraryThatDeclaresTheAttribute_MayHaveSome() =>
        Assert.True(AnnotatedReferences.Any(Compile("Program", "", Library("Library", Attribute))));

    [Fact]
    public void LibraryBuiltWithTheAnnotations_MayHaveSomeThoughTheyAreNotReferenced()
    {
        MetadataReference annotations = Library("FragGuard.Annotations", Attribute);
        MetadataReference library = Library("Library", "public class C { [FragGuard.Annotations.Rents] public void M() { } }", annotations);

        Assert.True(AnnotatedReferences.Any(Compile("Program", "", library)));
        Assert.False(AnnotatedReferences.Any(Compile("Program", "", annotations)));
    }

    [Theory]
    [InlineData("System.Text.Json.dll", false)]
    [InlineData("/refs/mscorlib.dll", false)]
    [InlineData("/System.Refs/Library.dll", true)]
    [InlineData("C:\\System.Refs\\Library.dll", true)]
    [InlineData("C:\\refs\\System.Text.Json.dll", false)]
    [InlineData("Systems.dll", true)]
    [InlineData("/refs/Library", true)]
    public void NameOfAFile_TellsWhetherAReferenceIsOfTheRuntime(string path, bool expected)
    {
        MetadataReference reference = MetadataReference.CreateFromImage([], filePath: path);
        Assert.Equal(expected, AnnotatedReferences.MayBeAny(Compile("Program", "", reference)));
    }

    [Fact]
    public void ReferenceWithoutAFile_MayHaveSome()
    {
        Assert.False(AnnotatedReferences.MayBeAny(Compile("Program", "")));
        Assert.True(AnnotatedReferences.MayBeAny(Compile("Program", "", Library("System.Library", ""))));
        Assert.True(AnnotatedReferences.MayBeAny(Compile("Program", "", Compile("Library", "").ToMetadataReference())));
        Assert.False(AnnotatedReferences.MayBeAny(Compile("Program", "", Compile("System.Library", "").ToMetadataReference())));
    }

    private static PortableExecutableReference Library(string name, string source, params MetadataReference[] references)
    {
        using MemoryStream image = new();
        Assert.True(Compile(name, source, references).Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static CSharpCompilation Compile(string name, string source, params MetadataReference[] references) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
        Runtime.Concat(references),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
