using System.Threading.Tasks;
using FragGuard.Analyzers.Tests.Rules.Pools;
using FragGuard.CodeFixes.Pools;

namespace FragGuard.Analyzers.Tests.Fixes.Pools;

public class KeepThePoolInAFieldTests
{
    [Fact]
    public async Task Local_BecomesAField() => await Fixes(
        """
        class C
        {
            int _n;

            /// <summary>Reads.</summary>
            [Obsolete]
            void M(int n)
            {
                var pool = [|ArrayPool<byte>.Create(1024, 4)|];

                byte[] b = pool.Rent(n);
                pool.Return(b);
            }
        }
        """,
        """
        class C
        {
            int _n;

            private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(1024, 4);

            /// <summary>Reads.</summary>
            [Obsolete]
            void M(int n)
            {
                byte[] b = Pool.Rent(n);
                Pool.Return(b);
            }
        }
        """);

    [Fact]
    public async Task Expression_BecomesAField() => await Fixes(
        """
        class C<T>
        {
            T[] Take(int n) => [|ArrayPool<T>.Create()|].Rent(n);
        }
        """,
        """
        class C<T>
        {
            private static readonly ArrayPool<T> TakePool = ArrayPool<T>.Create();

            T[] Take(int n) => TakePool.Rent(n);
        }
        """);

    [Fact]
    public async Task Getter_ReturnsTheField() => await Fixes(
        """
        class C
        {
            static ArrayPool<byte> Pool => [|ArrayPool<byte>.Create()|];
        }
        """,
        """
        class C
        {
            private static readonly ArrayPool<byte> SharedPool = ArrayPool<byte>.Create();

            static ArrayPool<byte> Pool => SharedPool;
        }
        """);

    [Fact]
    public async Task TwoLocalsOfOneName_BecomeTwoFields() => await Fixes(
        """
        class C
        {
            void A(int n)
            {
                var pool = [|ArrayPool<byte>.Create()|];
                pool.Return(pool.Rent(n));
            }

            void B(int n)
            {
                int twice = 2 * n;
                var pool = [|new DefaultObjectPool<StringBuilder>(new StringBuilderPooledObjectPolicy { MaximumRetainedCapacity = 99 })|];
                pool.Return(pool.Get());
            }
        }
        """,
        """
        class C
        {
            private static readonly ArrayPool<byte> APool = ArrayPool<byte>.Create();

            void A(int n)
            {
                APool.Return(APool.Rent(n));
            }

            private static readonly DefaultObjectPool<StringBuilder> Pool = new DefaultObjectPool<StringBuilder>(new StringBuilderPooledObjectPolicy { MaximumRetainedCapacity = 99 });

            void B(int n)
            {
                int twice = 2 * n;
                Pool.Return(Pool.Get());
            }
        }
        """);

    [Theory]
    [InlineData("int M(int n) => [|ArrayPool<byte>.Create(n, 5)|].Rent(n).Length;")]
    [InlineData("int M<T>(int n) => [|ArrayPool<T>.Create()|].Rent(n).Length;")]
    [InlineData("void M(ObjectPoolProvider p) => [|p.CreateStringBuilderPool()|].Get();")]
    [InlineData("void M() => [|new DefaultObjectPool<StringBuilder>(new Own())|].Get();")]
    [InlineData("void M() { using var pool = [|new OwnMemory()|]; pool.Rent(); }")]
    [InlineData("void M(int n)\n{\n    // Only here.\n    var pool = [|ArrayPool<byte>.Create()|];\n    pool.Rent(n);\n}")]
    public async Task WhatOneCallKnows_IsLeftAlone(string member) =>
        await FixVerifier.OffersNothingAsync<KeepThePoolInAField>("FG2014", Wrap($"class C\n{{\n{member}\n}}"));

    [Fact]
    public async Task DirectiveBeforeTheMember_IsLeftAlone() => await FixVerifier.OffersNothingAsync<KeepThePoolInAField>("FG2014", Wrap("""
        class C
        {
        #if DEBUG
            void A() { }
        #endif
            byte[] M(int n) => [|ArrayPool<byte>.Create()|].Rent(n);
        }
        """));

    [Fact]
    public async Task Interface_IsLeftAlone() => await FixVerifier.OffersNothingAsync<KeepThePoolInAField>("FG2014", Wrap("""
        interface C
        {
            byte[] M(int n) => [|ArrayPool<byte>.Create()|].Rent(n);
        }
        """));

    private static async Task Fixes(string before, string after) =>
        await FixVerifier.FixesAsync<KeepThePoolInAField>("FG2014", Wrap(before), Wrap(after));

    private static string Wrap(string type) => $$"""
        using System;
        using System.Buffers;
        using System.Text;
        using Microsoft.Extensions.ObjectPool;

        {{type}}

        class Own : StringBuilderPooledObjectPolicy { }

        class OwnMemory : MemoryPool<byte>
        {
            public override int MaxBufferSize => 10;
            public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => null!;
            protected override void Dispose(bool disposing) { }
        }
        """ + ObjectPoolSource.Text;
}
