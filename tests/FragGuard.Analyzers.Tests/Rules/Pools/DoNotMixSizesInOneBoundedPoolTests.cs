using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class DoNotMixSizesInOneBoundedPoolTests
{
    [Theory]
    [InlineData("1 << 20, 16", "100", "1 << 20")]
    [InlineData("", "100", "1 << 20")]
    [InlineData("1 << 20, 4", "4_096", "random.Next(1, 1 << 20)")]
    [InlineData("1 << 20, 20", "b ? 1_000 : 900_000", "5")]
    public async Task SizesOfTwoMethods_Reports(string limits, string one, string other) => await Reports($$"""
        private static readonly ArrayPool<byte> Pool = [|ArrayPool<byte>.Create({{limits}})|];
        byte[] Small(bool b) => Pool.Rent({{one}});
        byte[] Large(Random random) => Pool.Rent({{other}});
        """);

    [Theory]
    [InlineData("random.Next(100, 1 << 20)")]
    [InlineData("b ? 100 : 1 << 20")]
    [InlineData("b switch { true => 512, _ => 1 << 19 }")]
    public async Task SizesOfOnePlace_Reports(string length) => await Reports($$"""
        private readonly ArrayPool<long> _pool = [|ArrayPool<long>.Create(1 << 20, 10)|];
        long[] M(Random random, bool b) => _pool.Rent({{length}});
        """);

    [Fact]
    public async Task PoolOfAConstructor_Reports() => await Reports("""
        private readonly ArrayPool<byte> _pool;
        C(int n) => _pool = [|ArrayPool<byte>.Create(1 << 20, 16)|];
        byte[] Small() => _pool.Rent(100);
        byte[] Large() { var pool = _pool; return pool.Rent(1 << 20); }
        """);

    [Fact]
    public async Task GetOnlyProperty_Reports() => await Reports("""
        private static ArrayPool<byte> Pool { get; } = [|ArrayPool<byte>.Create(1 << 20, 16)|];
        byte[] Small() => Pool.Rent(100);
        class Inner { byte[] Large() => Pool.Rent(1 << 20); }
        """);

    [Theory]
    [InlineData("1 << 20, 16", "1 << 20", "1 << 20")] // one size
    [InlineData("1 << 20, 16", "600_000", "1 << 20")] // one bucket
    [InlineData("1 << 20, 16", "300_000", "1 << 20")] // not four times as large
    [InlineData("1 << 20, 16", "100", "1 << 22")] // the large ones are never kept
    [InlineData("4_096, 16", "16", "4_096")] // too few bytes
    [InlineData("1 << 20, 1000", "100", "1 << 20")] // the peak of many is near their mean
    [InlineData("1 << 20, 16", "100", "n")] // unknown
    [InlineData("1 << 20, 16", "100", "Math.Min(n, 1 << 20)")] // a limit is no size
    [InlineData("1 << 20, 16", "100", "data.Length")]
    [InlineData("n, 16", "100", "1 << 20")] // unknown limits
    [InlineData("1 << 20, 16", "0", "1 << 20")] // nothing is rented for nothing
    public async Task NoHarmIsKnown_IsSilent(string limits, string one, string other) => await Silent($$"""
        private readonly ArrayPool<byte> _pool;
        C(int n) => _pool = ArrayPool<byte>.Create({{limits}});
        byte[] Small() => _pool.Rent({{one}});
        byte[] Large(int n, byte[] data) => _pool.Rent({{other}});
        """);

    [Theory]
    [InlineData("private readonly ArrayPool<byte> _pool = ArrayPool<byte>.Shared;")]
    [InlineData("private readonly ArrayPool<byte> _pool = Make(); static ArrayPool<byte> Make() => ArrayPool<byte>.Create(1 << 20, 16);")]
    [InlineData("private ArrayPool<byte> _pool = ArrayPool<byte>.Create(1 << 20, 16);")]
    [InlineData("private ArrayPool<byte> _pool => ArrayPool<byte>.Create(1 << 20, 16);")]
    [InlineData("private readonly ArrayPool<byte> _other = ArrayPool<byte>.Create(1 << 20, 16), _pool = ArrayPool<byte>.Shared;")]
    public async Task PoolIsNotKnown_IsSilent(string declaration) => await Silent($$"""
        {{declaration}}
        byte[] Small() => _pool.Rent(100);
        byte[] Large() => _pool.Rent(1 << 20);
        """);

    [Fact]
    public async Task RentedTogether_IsSilent() => await Silent("""
        private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(1 << 20, 16);
        void M()
        {
            byte[] head = Pool.Rent(100);
            byte[] body = Pool.Rent(1 << 20);
            Pool.Return(head);
            Pool.Return(body);
        }
        """);

    [Fact]
    public async Task PoolPerSize_IsSilent() => await Silent("""
        private static readonly ArrayPool<byte> A = ArrayPool<byte>.Create(128, 16), B = ArrayPool<byte>.Create(1 << 20, 16);
        byte[] Small() => A.Rent(100);
        byte[] Large() => B.Rent(1 << 20);
        """);

    [Fact]
    public async Task ElementsOfUnknownSize_IsSilent() => await Silent("""
        class Of<T>
        {
            private static readonly ArrayPool<T> Pool = ArrayPool<T>.Create(1 << 20, 16);
            T[] Small() => Pool.Rent(100);
            T[] Large() => Pool.Rent(1 << 20);
        }
        """);

    [Fact]
    public async Task MoreRentedThanKept_Reports() => await Reports(
        """
        private static readonly ArrayPool<byte> Pool = [|ArrayPool<byte>.Create(4_096, 1)|];
        byte[] Small() => Pool.Rent(100);
        byte[] Large() => Pool.Rent(4_096);
        """,
        Options("fragguard.FG2011.rented", "40"));

    [Theory]
    [InlineData("fragguard.FG2011.idle_threshold", "0.9")]
    [InlineData("fragguard.FG2011.idle_bytes", "100000000")]
    [InlineData("fragguard.FG2011.size_ratio", "100000")]
    public async Task ThresholdFromTheOptions_IsSilent(string key, string value) => await Verifier.VerifyAsync("FG2011", Wrap("""
        private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(1 << 20, 16);
        byte[] Small() => Pool.Rent(100);
        byte[] Large() => Pool.Rent(1 << 20);
        """), Options(key, value));

    [Fact]
    public async Task MissThreshold_IsAnOption() => await Verifier.VerifyAsync("FG2011", Wrap("""
        private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(4_096, 1);
        byte[] Small() => Pool.Rent(100);
        byte[] Large() => Pool.Rent(4_096);
        """), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["fragguard.FG2011.rented"] = "40",
            ["fragguard.FG2011.miss_threshold"] = "0.99",
        });

    [Fact]
    public async Task BrokenCode_IsSilent() => await Verifier.VerifyAsync("FG2011", Wrap("""
        private static readonly ArrayPool<Missing> Pool = ArrayPool<Missing>.Create(1 << 20, );
        byte[] Small() => Pool.Rent(; byte[] Large() => Pool.Rent(1 <<
        """), allowErrors: true);

    [Fact]
    public async Task Message_SaysWhatThePoolKeeps()
    {
        Diagnostic found = Assert.Single(await Reports("""
            private static readonly ArrayPool<byte> Pool = [|ArrayPool<byte>.Create(1 << 20, 16)|];
            byte[] Small() => Pool.Rent(100);
            byte[] Large() => Pool.Rent(1 << 20);
            byte[] Any(int n) => Pool.Rent(n);
            """));
        Assert.Equal(
            "Pool 'Pool' is asked for 100 B to 1 MiB: with 16 arrays rented at once the dotnet-arraypool-create model predicts "
            + "6.2 MiB idle of 14 MiB held (44.4%), and 0% of the rents allocate; give the large arrays a pool of their own with "
            + "fewer arrays, or rent them from 'ArrayPool<T>.Shared', which trims. Not simulated: 1 of 3 places, whose sizes are unknown.",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(3, found.AdditionalLocations.Count);
    }

    private static Dictionary<string, string> Options(string key, string value) => new(StringComparer.Ordinal) { [key] = value };

    private static async Task<ImmutableArray<Diagnostic>> Reports(
        string members, IReadOnlyDictionary<string, string>? options = null) =>
        await Verifier.VerifyAsync("FG2011", Wrap(members), options);

    private static async Task Silent(string members) => await Verifier.VerifyAsync("FG2011", Wrap(members));

    private static string Wrap(string members) => $$"""
        using System;
        using System.Buffers;

        class C
        {
        {{members}}
        }
        """;
}
