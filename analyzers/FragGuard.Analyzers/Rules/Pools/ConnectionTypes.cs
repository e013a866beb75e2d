using System;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Types whose objects live as long as a peer stays connected, many of them idle.</summary>
internal static class ConnectionTypes
{
    private const string SuffixesKey = "fragguard.FG2010.type_suffixes";

    private static readonly ImmutableArray<string> Suffixes =
        ImmutableArray.Create("Channel", "Client", "Connection", "Session");

    private static readonly ImmutableHashSet<string> Transports = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "System.IO.Pipelines.IDuplexPipe",
        "System.IO.Pipelines.PipeReader",
        "System.IO.Pipelines.PipeWriter",
        "System.IO.Pipes.NamedPipeClientStream",
        "System.IO.Pipes.NamedPipeServerStream",
        "System.Net.Security.SslStream",
        "System.Net.Sockets.NetworkStream",
        "System.Net.Sockets.Socket",
        "System.Net.Sockets.TcpClient",
        "System.Net.Sockets.UdpClient",
        "System.Net.WebSockets.ClientWebSocket",
        "System.Net.WebSockets.WebSocket");

    /// <summary>True for a disposable class that is named like a connection, or holds the transport of one.</summary>
    public static bool Contain(INamedTypeSymbol type, AnalyzerConfigOptions options) =>
        type.TypeKind == TypeKind.Class
        && type.AllInterfaces.Any(contract => contract.FullName() is "System.IDisposable" or "System.IAsyncDisposable")
        && (IsNamedSo(type, options) || HoldsTransport(type));

    private static bool IsNamedSo(INamedTypeSymbol type, AnalyzerConfigOptions options)
    {
        ImmutableArray<string> chosen = OptionValues.Names(options, SuffixesKey);
        return (chosen.IsEmpty ? Suffixes : chosen).Any(suffix => type.Name.EndsWith(suffix, StringComparison.Ordinal));
    }

    private static bool HoldsTransport(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Any(field =>
        !field.IsStatic && field.Type is INamedTypeSymbol held && Transports.Contains(held.FullName()));
}
