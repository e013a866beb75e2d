using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Native;

public class DoNotMixSizesInOneZoneTests
{
    [Theory]
    [InlineData("64", "4_096")]
    [InlineData("Math.Clamp(n, 32, 100)", "random.Next(10_000, 50_000)")]
    [InlineData("random.Next(64, 32_000)", "100")]
    [InlineData("b ? 64 : 8_192", "64")]
    [InlineData("4 * sizeof(long)", "1 << 14")]
    public async Task BlocksOfDifferentSizes_Reports(string one, string other) => await Reports($$"""
        [SharedZone(ZoneBytes = 8 << 20)] private readonly Zone _zone = new();
        void M(int n, bool b, Random random)
        {
            [|_zone.Allocate({{one}})|];
            _zone.Allocate({{other}});
        }
        """);

    [Theory]
    [InlineData("64", "64")]
    [InlineData("64", "200")] // not four times as large
    [InlineData("64", "n")] // unknown
    [InlineData("64", "Math.Min(n, 4_096)")] // a limit is no size
    [InlineData("64", "data.Length")]
    public async Task OneSizeIsKnown_IsSilent(string one, string other) => await Silent($$"""
        [SharedZone(ZoneBytes = 8 << 20)] private readonly Zone _zone = new();
        void M(int n, byte[] data)
        {
            _zone.Allocate({{one}});
            _zone.Allocate({{other}});
        }
        """);

    [Theory]
    [InlineData("[SharedZone]")] // no size
    [InlineData("[SharedZone(ZoneBytes = 8 << 20, Model = \"nothing\")]")]
    [InlineData("[SharedZone(ZoneBytes = 8 << 20, Model = \"glibc\")]")] // no zone
    [InlineData("[SharedZone(ZoneBytes = 8 << 20, Model = \"memcached\")]")] // no blocks
    [InlineData("[SharedZone(ZoneBytes = 100)]")]
    [InlineData("[SharedZone(ZoneBytes = -1)]")]
    [InlineData("")]
    [InlineData("[SharedZone(ZoneBytes = 8 << 20), SharedCache(Model = \"nginx-slab\", ZoneBytes = 8 << 20)]")] // a cache
    public async Task ZoneThatCannotBeSimulated_IsSilent(string attribute) => await Silent($$"""
        {{attribute}} private readonly Zone _zone = new();
        void M() { _zone.Allocate(64); _zone.Allocate(4_096); }
        """);

    [Fact]
    public async Task ZonePerSize_IsSilent() => await Silent("""
        [SharedZone(ZoneBytes = 8 << 20)] private readonly Zone _small = new(), _large = new();
        void M() { _small.Allocate(64); _large.Allocate(4_096); }
        """);

    [Fact]
    public async Task ParameterWithoutTheMark_IsSilent() => await Silent("""
        [SharedZone(ZoneBytes = 8 << 20)] private readonly Zone _zone = new();
        void M() { _zone.Seek(64); _zone.Seek(4_096); }
        """);

    [Fact]
    public async Task AnnotatedType_Reports() => await Reports("""
        void M(Mapped zone)
        {
            nint a = [|zone.Allocate(64)|];
            var other = zone;
            nint b = other.Allocate(4_096);
        }
        [SharedZone(ZoneBytes = 8 << 20)]
        class Mapped
        {
            public nint Allocate([BlockBytes] long bytes) => 0;
        }
        """);

    [Fact]
    public async Task ZoneCallsItself_Reports() => await Reports("""
        [SharedZone(ZoneBytes = 8 << 20)]
        class Mapped
        {
            public nint Allocate([BlockBytes] long bytes) => 0;
            void Fill() { [|Allocate(64)|]; this.Allocate(4_096); }
        }
        """);

    [Fact]
    public async Task ContentInsteadOfBytes_Reports() => await Reports("""
        [SharedZone(ZoneBytes = 8 << 20)] private readonly Zone _zone = new();
        void M()
        {
            [|_zone.Store(new byte[64])|];
            _zone.Store(new byte[4_096]);
        }
        """);

    [Fact]
    public async Task SizesFromTheAnnotation_Reports()
    {
        await Reports("""
            [SharedZone(ZoneBytes = 8 << 20, MinBlockBytes = 32, MaxBlockBytes = 8_192)] private readonly Zone _zone = new();
            void M(int n) => [|_zone.Allocate(n)|];
            """);
        await Silent("""
            [SharedZone(ZoneBytes = 8 << 20, MinBlockBytes = 8_192, MaxBlockBytes = 32)] private readonly Zone _zone = new();
            void M(int n) => _zone.Allocate(n);
            """);
    }

    [Fact]
    public async Task SizesOfSeveralMethods_ReportsTheFirstOnce()
    {
        Diagnostic found = Assert.Single(await Reports("""
            [SharedZone(ZoneBytes = 8 << 20)] private readonly Zone _zone = new();
            void Unknown(int n) => _zone.Allocate(n);
            void Small() => [|_zone.Allocate(64)|];
            class Inner { void Large(C c) => c._zone.Allocate(4_096); }
            """));
        Assert.Equal(2, found.AdditionalLocations.Count);
        Assert.EndsWith(
            "Not simulated: 1 of 3 places, whose sizes are unknown.", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fragguard.FG4004.waste_threshold", "0.99")]
    [InlineData("fragguard.FG4004.size_ratio", "1000")]
    public async Task ThresholdFromTheOptions_IsSilent(string key, string value) => await Verifier.VerifyAsync("FG4004", Wrap("""
        [SharedZone(ZoneBytes = 8 << 20)] private readonly Zone _zone = new();
        void M() { _zone.Allocate(64); _zone.Allocate(4_096); }
        """), new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value });

    [Fact]
    public async Task BrokenCode_IsSilent() => await Verifier.VerifyAsync("FG4004", Wrap("""
        [SharedZone(ZoneBytes = )] private readonly Zone _zone = new();
        void M() { _zone.Allocate(; _zone.Allocate(4_096, , ); }
        """), allowErrors: true);

    [Fact]
    public async Task AnnotationsMissing_IsSilent() => await Verifier.VerifyAsync("FG4004", """
        class C { [SharedZone] Zone _zone; void M() { _zone.Allocate(64); _zone.Allocate(4096); } }
        """, allowErrors: true);

    [Fact]
    public async Task Message_PredictsTheZone()
    {
        Diagnostic found = Assert.Single(await Reports("""
            [SharedZone(ZoneBytes = 8 << 20)] private readonly Zone _zone = new();
            void M() { [|_zone.Allocate(64)|]; _zone.Allocate(4_096); }
            """));
        Assert.Matches(
            @"^Zone '_zone' holds blocks of 64 B to 4 KiB: once half of the smaller ones are freed and larger ones come, the nginx-slab "
            + @"model predicts 4 MiB of its 8 MiB in use when it refuses the next \(49(\.\d)?% waste, \d(\.\d)?% with a zone "
            + "for each size\\); give each size a zone of its own\\.$",
            found.GetMessage(CultureInfo.InvariantCulture));
    }

    private static async Task<ImmutableArray<Diagnostic>> Reports(string members) =>
        await Verifier.VerifyAsync("FG4004", Wrap(members));

    private static async Task Silent(string members) => await Verifier.VerifyAsync("FG4004", Wrap(members));

    private static string Wrap(string members) => $$"""
        using System;
        using FragGuard.Annotations;

        class C
        {
        {{members}}
        }

        class Zone
        {
            public nint Allocate([BlockBytes] int bytes) => 0;
            public nint Store([BlockBytes] byte[] content) => 0;
            public void Seek(int offset) { }
        }
        """;
}
