using System;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

public class RentPerOperationNotPerConnectionTests
{
    private static readonly RentSnippet Snippet = new("FG2010");

    [Theory]
    [InlineData("class Connection : IDisposable", "")]
    [InlineData("class TcpSession : IDisposable", "")]
    [InlineData("class MqttClient : IDisposable", "")]
    [InlineData("class ServerChannel : IDisposable", "")]
    [InlineData("class Connection : Stream", "")]
    [InlineData("class Peer : IDisposable", "Socket? _socket;")]
    [InlineData("class Peer : IDisposable", "private readonly NetworkStream? _stream;")]
    [InlineData("class Peer : IDisposable", "TcpClient? _client;")]
    [InlineData("class Peer : IDisposable", "WebSocket? _socket;")]
    [InlineData("class Peer : IDisposable", "PipeReader? Reader { get; set; }")]
    [InlineData("class Peer : IDisposable", "IDuplexPipe? _pipe;")]
    [InlineData("class Peer : IAsyncDisposable", "Socket? _socket;")]
    public async Task KeptByAConnection_Reports(string type, string member) =>
        await Snippet.Reports(Kept(type, member, "private byte[] _buffer = [|ArrayPool<byte>.Shared.Rent(8_192)|];"));

    [Theory]
    [InlineData("class Buffered : IDisposable", "")]
    [InlineData("class Connections : IDisposable", "")]
    [InlineData("class Buffered : Stream", "private Stream? _inner;")]
    [InlineData("class Buffered : IDisposable", "private TextReader? _reader;")]
    [InlineData("class Buffered : IDisposable", "private static Socket? _socket;")]
    [InlineData("class Connection", "")]
    [InlineData("struct Connection() : IDisposable", "")]
    public async Task KeptByAnotherType_IsSilent(string type, string member) =>
        await Snippet.Silent(Kept(type, member, "private byte[] _buffer = ArrayPool<byte>.Shared.Rent(8_192);"));

    [Theory]
    [InlineData("public Connection() => _buffer = [|_pool.Rent(1_000)|];")]
    [InlineData("public Connection(int n) { var b = [|_pool.Rent(n)|]; b[0] = 1; _buffer = b; }")]
    [InlineData("public void Open() => _buffer = [|ArrayPool<byte>.Shared.Rent(1_000)|];")]
    [InlineData("public int Read(Stream s) { _buffer ??= [|ArrayPool<byte>.Shared.Rent(1_000)|]; return s.Read(_buffer); }")]
    [InlineData("public Connection() => _buffer = [|_pool.Rent(1_000)|]; public int Read(Stream s) => s.Read(_buffer!, 0, 5);")]
    [InlineData("public Connection() => _buffer = [|_pool.Rent(1_000)|]; public void Clear() { _buffer![0] = 1; Array.Clear(_buffer); }")]
    [InlineData("public Connection() => _buffer = [|_pool.Rent(1_000)|]; void Other(byte[] b) => _pool.Return(b);")]
    public async Task StoredAtAnyTime_Reports(string member) => await Snippet.Reports(Connection(member));

    [Theory]
    [InlineData("public void Flush() { _buffer = _pool.Rent(1_000); _buffer[0] = 1; _pool.Return(_buffer); }")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); void Grow() { var b = _pool.Rent(200); _pool.Return(_buffer!); _buffer = b; }")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); void Idle() { var b = Interlocked.Exchange(ref _buffer, null); if (b != null) _pool.Return(b); }")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); void Release() { if (_buffer != null) _pool.Return(_buffer); _buffer = null; }")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); byte[]? Take() => _buffer;")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); void Swap(ref byte[]? b) => Swap(ref _buffer);")]
    [InlineData("public Connection(List<byte[]> all) { var b = _pool.Rent(1_000); all.Add(b); _buffer = b; }")]
    [InlineData("public Connection(Connection other) => other._buffer = _pool.Rent(1_000);")]
    [InlineData("static byte[]? _all; public Connection() => _all = _pool.Rent(1_000);")]
    [InlineData("public byte[]? Open; public Connection() => Open = _pool.Rent(1_000);")]
    [InlineData("public Connection() => _buffer = new byte[100];")]
    [InlineData("public int Read(Stream s) { var b = _pool.Rent(1_000); int n = s.Read(b); _pool.Return(b); return n; }")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); void Idle() { var t = _buffer; _buffer = null; _pool.Return(t!); }")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); (byte[]?, int) Take() => (_buffer, 1);")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); Memory<byte> Take() => new(_buffer, 0, 5);")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); ReadOnlySpan<byte> Take() => _buffer;")]
    [InlineData("public Connection() => _buffer = _pool.Rent(1_000); void Grow() => Array.Resize(ref _buffer, 5);")]
    public async Task NotKeptForLife_IsSilent(string member) => await Snippet.Silent(Connection(member));

    [Theory]
    [InlineData("public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);")]
    [InlineData("public void Dispose() { Dispose(true); } void Dispose(bool disposing) { if (disposing) ArrayPool<byte>.Shared.Return(_buffer); }")]
    [InlineData("public void Dispose() { var b = Interlocked.Exchange(ref _buffer, null!); ArrayPool<byte>.Shared.Return(b); }")]
    [InlineData("public void Dispose() => Close(); void Close() => ArrayPool<byte>.Shared.Return(_buffer);")]
    [InlineData("public void Dispose() { } ~Connection() => ArrayPool<byte>.Shared.Return(_buffer);")]
    [InlineData("void IDisposable.Dispose() => ArrayPool<byte>.Shared.Return(_buffer);")]
    public async Task ReturnedAtTheEnd_Reports(string end) => await Snippet.Reports($$"""
        class Connection : IDisposable
        {
            private byte[] _buffer = [|ArrayPool<byte>.Shared.Rent(1_000)|];
            {{end}}
        }
        """);

    [Theory]
    [InlineData("public void Dispose() { }")]
    [InlineData("public void Dispose() { } void Reset() => ArrayPool<byte>.Shared.Return(_buffer);")]
    [InlineData("public void Dispose() => Stop(); void Stop() => ArrayPool<byte>.Shared.Return(_buffer);")]
    [InlineData("public void Dispose() => Array.Clear(_buffer);")]
    public async Task NotReturnedAtTheEnd_IsSilent(string end) => await Snippet.Silent($$"""
        class Connection : IDisposable
        {
            private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1_000);
            {{end}}
        }
        """);

    [Theory]
    [InlineData("512", "1024", false)]
    [InlineData("513", "1024", true)]
    [InlineData("16", "16", true)]
    [InlineData("Environment.ProcessorCount", "1024", true)]
    public async Task SmallArray_DependsOnTheOption(string length, string least, bool reports)
    {
        string rent = $"ArrayPool<byte>.Shared.Rent({length})";
        string member = Kept("class Connection : IDisposable", "", $"private byte[] _buffer = {(reports ? $"[|{rent}|]" : rent)};");
        await (reports
            ? Snippet.Reports(member, RentSnippet.Option("fragguard.FG2010.min_bytes", least))
            : Snippet.Silent(member, RentSnippet.Option("fragguard.FG2010.min_bytes", least)));
    }

    [Theory]
    [InlineData("private byte[] _buffer = ArrayPool<byte>.Shared.Rent(;")]
    [InlineData("private Missing _buffer = ArrayPool<byte>.Shared.Rent(1_000);")]
    [InlineData("private byte[] _buffer = ArrayPool<Missing>.Shared.Rent(1_000);")]
    public async Task BrokenCode_IsSilent(string field) =>
        await Snippet.Silent(Kept("class Connection : IDisposable", "", field), allowErrors: true);

    [Fact]
    public async Task Option_ChoosesTheNames()
    {
        const string key = "fragguard.FG2010.type_suffixes";
        string peer = Kept("class Peer : IDisposable", "", "private byte[] _buffer = [|ArrayPool<byte>.Shared.Rent(1_000)|];");
        await Snippet.Reports(peer, RentSnippet.Option(key, "Link | Peer"));
        await Snippet.Silent(
            Kept("class Connection : IDisposable", "", "private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1_000);"),
            RentSnippet.Option(key, "Link | Peer"));
    }

    [Fact]
    public async Task PoolNamedByTheOption_IsSilent() => await Snippet.Silent(
        """
        class Pages { public static byte[] Rent() => new byte[4096]; public static void Return(byte[] page) { } }
        class Connection : IDisposable
        {
            private byte[] _buffer = Pages.Rent();
            public void Dispose() => Pages.Return(_buffer);
        }
        """,
        RentSnippet.Option("fragguard.additional_pool_types", "C+Pages"));

    [Theory]
    [InlineData("8_000", "'Connection' keeps a rented array of 8,192 bytes in '_buffer' until it is disposed")]
    [InlineData("Environment.ProcessorCount", "'Connection' keeps a rented array in '_buffer' until")]
    public async Task Message_SaysHowMuch(string length, string part)
    {
        Diagnostic diagnostic = Assert.Single(await Snippet.Reports(
            Kept("class Connection : IDisposable", "", $"private byte[] _buffer = [|ArrayPool<byte>.Shared.Rent({length})|];")));
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.StartsWith(part, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private static string Kept(string type, string member, string field) => $$"""
        {{(type.Contains("Stream", StringComparison.Ordinal) ? "abstract " : "")}}{{type}}
        {
            {{member}}
            {{field}}
            public {{(type.Contains("Stream", StringComparison.Ordinal) ? "new " : "")}}void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
            public {{(type.Contains("Stream", StringComparison.Ordinal) ? "override " : "")}}ValueTask DisposeAsync() => default;
        }
        """;

    private static string Connection(string member) => $$"""
        class Connection : IDisposable
        {
            private readonly ArrayPool<byte> _pool = ArrayPool<byte>.Shared;
            private byte[]? _buffer;
            {{member}}
            public void Dispose() { if (_buffer is { } b) _pool.Return(b); if (_more is { } m) _pool.Return(m); }
            private byte[]? _more;
        }
        """;
}
