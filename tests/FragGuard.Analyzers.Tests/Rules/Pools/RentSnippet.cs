using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

/// <summary>Members of a class that rents arrays, with others that they may use, for the tests of one rule.</summary>
internal sealed class RentSnippet(string id)
{
    public async Task<ImmutableArray<Diagnostic>> Reports(string members, IReadOnlyDictionary<string, string>? options = null)
    {
        Assert.Contains("[|", members, StringComparison.Ordinal);
        return await Verifier.VerifyAsync(id, InClass(members), options);
    }

    public async Task Silent(string members, IReadOnlyDictionary<string, string>? options = null, bool allowErrors = false)
    {
        Assert.DoesNotContain("[|", members, StringComparison.Ordinal);
        await Verifier.VerifyAsync(id, InClass(members), options, allowErrors);
    }

    public static ImmutableDictionary<string, string> Option(string key, string value) =>
        ImmutableDictionary<string, string>.Empty.Add(key, value);

    public static string InClass(string members) => $$"""
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.IO;
        using System.IO.Pipelines;
        using System.Linq;
        using System.Net.Sockets;
        using System.Net.WebSockets;
        using System.Security.Cryptography;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;

        partial class C : Members
        {
        {{members}}
        }

        class Members
        {
            public Members(byte[]? b = null) => _field = b ?? [];

            protected byte[] _field = [];
            protected byte[][] _arrays = [];
            protected List<byte[]> _list = [];
            protected Dictionary<string, byte[]> _byName = [];
            protected Memory<byte> _memory;
            protected ArraySegment<byte> _segment;
            protected Stream? _stream;
            protected Holder? _holder;
            protected string _name = "";
            protected int _count;

            protected byte[] Property { get; set; } = [];

            protected static void Look(byte[] b) => b[0]++;
            protected static void LookDeeper(byte[] b) => Look(b);
            protected static byte[] Same(byte[] b) => b;
            protected static void Done(byte[] b) => ArrayPool<byte>.Shared.Return(b);
            protected static void DoneDeeper(byte[] b) { try { Look(b); } finally { Done(b); } }
            protected static void GiveBack(byte[] b) { }
            protected void Keep(byte[] b) => _field = b;
            protected void KeepView(byte[] b) => _memory = b.AsMemory();
            protected void KeepMemory(Memory<byte> m) => _memory = m;
            protected static void Defer(byte[] b) => Task.Run(() => ArrayPool<byte>.Shared.Return(b));
            protected static void Grow(ref byte[] b) => b = ArrayPool<byte>.Shared.Rent(b.Length * 2);
        }

        static class Extensions
        {
            public static void DoneByExtension(this byte[] b) => ArrayPool<byte>.Shared.Return(b);
        }

        class Holder : IDisposable
        {
            public Holder() { }
            public Holder(byte[] b) => Bytes = b;
            public byte[] Bytes { get; set; } = [];
            public static Holder Of(byte[] b) => new(b);
            public void Dispose() => ArrayPool<byte>.Shared.Return(Bytes);
        }

        class Own : ArrayPool<int>
        {
            public override int[] Rent(int minimumLength) => new int[minimumLength];
            public override void Return(int[] array, bool clearArray = false) { }
        }
        """;
}
