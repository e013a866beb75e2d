using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Native;

public class DoNotMixSizesOnTheNativeHeapTests
{
    private const string Removal = """

        void Drop(int key)
        {
            if (_blocks.Remove(key, out nint block))
                NativeMemory.Free((void*)block);
        }

        """;

    [Theory]
    [InlineData("NativeMemory.Alloc((nuint)random.Next(64, 20_000))")]
    [InlineData("NativeMemory.AllocZeroed((nuint)(b ? 64 : 16_384))")]
    [InlineData("NativeMemory.Alloc((nuint)random.Next(16, 2_000), 8)")]
    [InlineData("(void*)Marshal.AllocHGlobal(random.Next(64, 20_000))")]
    [InlineData("(void*)Marshal.AllocCoTaskMem(b ? 100 : 10_000)")]
    public async Task SizesOfOnePlace_Reports(string allocation)
    {
        string marked = allocation.StartsWith("(void*)", StringComparison.Ordinal)
            ? "(void*)[|" + allocation["(void*)".Length..] + "|]"
            : "[|" + allocation + "|]";
        await Reports($$"""
            private readonly Dictionary<int, nint> _blocks = [];
            void Keep(int key, Random random, bool b) => _blocks[key] = (nint){{marked}};
            """ + Removal);
    }

    [Theory]
    [InlineData("64", "64")]
    [InlineData("64", "128")] // not four times as large
    [InlineData("64", "n")] // unknown
    [InlineData("64", "Math.Min(n, 10_000)")] // a limit is no size
    public async Task OneSizeIsKnown_IsSilent(string one, string other) => await Silent($$"""
        private readonly Dictionary<int, nint> _blocks = [];
        void KeepSmall(int key) => _blocks[key] = (nint)NativeMemory.Alloc({{one}});
        void KeepLarge(int key, int n) => _blocks[key] = (nint)NativeMemory.Alloc((nuint)({{other}}));
        """ + Removal);

    [Fact]
    public async Task SizesOfTwoMethods_Reports() => await Reports("""
        private readonly Dictionary<int, nint> _blocks = [];
        void KeepSmall(int key) => _blocks.Add(key, (nint)[|NativeMemory.Alloc(64)|]);
        void KeepLarge(int key)
        {
            void* block = NativeMemory.Alloc(16_384);
            _blocks.TryAdd(key, (nint)block);
        }
        """ + Removal);

    [Fact]
    public async Task KeptInsideAnObject_Reports() => await Reports("""
        readonly record struct Block(nint Address, int Bytes);
        private readonly List<Block> _blocks = [];
        void Keep(Random random)
        {
            nint address = [|Marshal.AllocHGlobal(random.Next(64, 20_000))|];
            _blocks.Add(new Block(address, 1));
        }
        void Drop(int i) { Marshal.FreeHGlobal(_blocks[i].Address); _blocks.RemoveAt(i); }
        """);

    [Fact]
    public async Task KeptInsideATuple_Reports() => await Reports("""
        private readonly List<(nint, int)> _blocks = [];
        void Keep(Random random) => _blocks.Add(([|Marshal.AllocHGlobal(random.Next(64, 20_000))|], 1));
        void Drop(int i) { Marshal.FreeHGlobal(_blocks[i].Item1); _blocks.RemoveAt(i); }
        """);

    [Fact]
    public async Task FreedInTheSameCall_IsSilent() => await Silent("""
        void M(Random random)
        {
            void* block = NativeMemory.Alloc((nuint)random.Next(64, 20_000));
            NativeMemory.Free(block);
        }
        """);

    [Fact]
    public async Task FreedAllAtOnce_IsSilent() => await Silent("""
        private readonly List<nint> _blocks = [];
        void Keep(Random random) => _blocks.Add(Marshal.AllocHGlobal(random.Next(64, 20_000)));
        void Dispose() { foreach (nint block in _blocks) Marshal.FreeHGlobal(block); _blocks.Clear(); }
        """);

    [Fact]
    public async Task FreedByNobodyHere_IsSilent() => await Silent("""
        private readonly List<nint> _blocks = [];
        void Keep(Random random) => _blocks.Add(Marshal.AllocHGlobal(random.Next(64, 20_000)));
        nint Take() { nint block = _blocks[0]; _blocks.RemoveAt(0); return block; }
        """);

    [Fact]
    public async Task FreedInTheOrderOfAQueue_IsSilent() => await Silent("""
        private readonly Queue<nint> _blocks = new();
        void Keep(Random random) => _blocks.Enqueue(Marshal.AllocHGlobal(random.Next(64, 20_000)));
        void Drop() => Marshal.FreeHGlobal(_blocks.Dequeue());
        """);

    [Fact]
    public async Task KeptInAField_IsSilent() => await Silent("""
        private nint _block;
        private readonly List<int> _other = [];
        void Keep(Random random) => _block = Marshal.AllocHGlobal(random.Next(64, 20_000));
        void Drop() { Marshal.FreeHGlobal(_block); _other.Remove(1); }
        """);

    [Fact]
    public async Task AnotherCollectionShrinks_IsSilent() => await Silent("""
        private readonly List<nint> _blocks = [];
        private readonly List<nint> _other = [];
        void Keep(Random random) => _blocks.Add(Marshal.AllocHGlobal(random.Next(64, 20_000)));
        void Drop() { Marshal.FreeHGlobal(_other[0]); _other.RemoveAt(0); }
        """);

    [Fact]
    public async Task AllocatorOfYourOwn_IsSilent() => await Silent("""
        static class NativeMemory { public static void* Alloc(nuint bytes) => null; public static void Free(void* block) { } }
        private readonly Dictionary<int, nint> _blocks = [];
        void Keep(int key, Random random) => _blocks[key] = (nint)NativeMemory.Alloc((nuint)random.Next(64, 20_000));
        """ + Removal);

    [Theory]
    [InlineData("fragguard.FG4003.waste_threshold", "0.95")]
    [InlineData("fragguard.FG4003.size_ratio", "100000")]
    public async Task ThresholdFromTheOptions_IsSilent(string key, string value) => await Verifier.VerifyAsync("FG4003", Wrap("""
        private readonly Dictionary<int, nint> _blocks = [];
        void Keep(int key, Random random) => _blocks[key] = (nint)NativeMemory.Alloc((nuint)random.Next(64, 20_000));
        """ + Removal), new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value });

    [Fact]
    public async Task BrokenCode_IsSilent() => await Verifier.VerifyAsync("FG4003", Wrap("""
        private readonly Dictionary<int, nint> _blocks = [;
        void Keep(int key, Random random) => _blocks[key] = (nint)NativeMemory.Alloc(, (nuint)random.Next(64, 20_000);
        """ + Removal), allowErrors: true);

    [Fact]
    public async Task Message_PredictsTheHeap()
    {
        Diagnostic found = Assert.Single(await Reports("""
            private readonly Dictionary<int, nint> _blocks = [];
            void Keep(int key, bool b) => _blocks[key] = (nint)[|NativeMemory.Alloc((nuint)(b ? 64 : 16_384))|];
            """ + Removal));
        Assert.Matches(
            @"^'_blocks' keeps native blocks of 64 B to 16 KiB that are freed one by one: once half of the smaller ones are freed and "
            + @"larger ones come, the glibc model predicts \S+ [KM]iB held for \S+ KiB in use \(2\d(\.\d)?% free but not usable, 0% with one "
            + @"size\); carve blocks of one size out of large ones, or allocate the large ones from the system's pages\.$",
            found.GetMessage(CultureInfo.InvariantCulture));
    }

    private static async Task<ImmutableArray<Diagnostic>> Reports(string members) =>
        await Verifier.VerifyAsync("FG4003", Wrap(members));

    private static async Task Silent(string members) => await Verifier.VerifyAsync("FG4003", Wrap(members));

    private static string Wrap(string members) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;

        unsafe class C
        {
        {{members}}
        }
        """;
}
