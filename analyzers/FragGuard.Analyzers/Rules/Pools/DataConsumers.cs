using System;
using System.Collections.Generic;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Methods of the runtime library that take every element of an argument, or of their receiver, for data.</summary>
internal static class DataConsumers
{
    private const int Receiver = -1;

    /// <summary>Full names, with the position of the parameter that is the data.</summary>
    private static readonly Dictionary<string, int> Positions = new(StringComparer.Ordinal)
    {
        ["System.Array.Clone"] = Receiver,
        ["System.Array.ConvertAll"] = 0,
        ["System.Array.ForEach"] = 0,
        ["System.Array.Reverse"] = 0,
        ["System.Array.Sort"] = 0,
        ["System.BitConverter.ToString"] = 0,
        ["System.Buffers.BuffersExtensions.Write"] = 1,
        ["System.Collections.Generic.CollectionExtensions.AddRange"] = 1,
        ["System.Collections.Generic.HashSet..ctor"] = 0,
        ["System.Collections.Generic.List..ctor"] = 0,
        ["System.Collections.Generic.List.AddRange"] = 0,
        ["System.Collections.Immutable.ImmutableArray.Create"] = 0,
        ["System.Collections.Immutable.ImmutableArray.ToImmutableArray"] = 0,
        ["System.Convert.ToBase64String"] = 0,
        ["System.Convert.ToHexString"] = 0,
        ["System.Convert.ToHexStringLower"] = 0,
        ["System.IO.BinaryWriter.Write"] = 0,
        ["System.IO.File.AppendAllBytes"] = 1,
        ["System.IO.File.AppendAllBytesAsync"] = 1,
        ["System.IO.File.WriteAllBytes"] = 1,
        ["System.IO.File.WriteAllBytesAsync"] = 1,
        ["System.IO.Hashing.NonCryptographicHashAlgorithm.Append"] = 0,
        ["System.IO.Pipelines.PipeWriter.WriteAsync"] = 0,
        ["System.IO.Stream.Write"] = 0,
        ["System.IO.Stream.WriteAsync"] = 0,
        ["System.IO.TextWriter.Write"] = 0,
        ["System.IO.TextWriter.WriteAsync"] = 0,
        ["System.IO.TextWriter.WriteLine"] = 0,
        ["System.IO.TextWriter.WriteLineAsync"] = 0,
        ["System.Linq.Enumerable.Aggregate"] = 0,
        ["System.Linq.Enumerable.All"] = 0,
        ["System.Linq.Enumerable.Average"] = 0,
        ["System.Linq.Enumerable.Last"] = 0,
        ["System.Linq.Enumerable.Max"] = 0,
        ["System.Linq.Enumerable.Min"] = 0,
        ["System.Linq.Enumerable.SequenceEqual"] = 0,
        ["System.Linq.Enumerable.Sum"] = 0,
        ["System.Linq.Enumerable.ToArray"] = 0,
        ["System.Linq.Enumerable.ToDictionary"] = 0,
        ["System.Linq.Enumerable.ToHashSet"] = 0,
        ["System.Linq.Enumerable.ToList"] = 0,
        ["System.Memory.ToArray"] = Receiver,
        ["System.MemoryExtensions.Reverse"] = 0,
        ["System.MemoryExtensions.SequenceCompareTo"] = 0,
        ["System.MemoryExtensions.SequenceEqual"] = 0,
        ["System.MemoryExtensions.Sort"] = 0,
        ["System.Net.Http.ByteArrayContent..ctor"] = 0,
        ["System.Net.Http.ReadOnlyMemoryContent..ctor"] = 0,
        ["System.Net.Sockets.Socket.Send"] = 0,
        ["System.Net.Sockets.Socket.SendAsync"] = 0,
        ["System.Net.WebSockets.WebSocket.SendAsync"] = 0,
        ["System.ReadOnlyMemory.ToArray"] = Receiver,
        ["System.ReadOnlySpan.ToArray"] = Receiver,
        ["System.ReadOnlySpan.ToString"] = Receiver,
        ["System.Security.Cryptography.HashAlgorithm.ComputeHash"] = 0,
        ["System.Security.Cryptography.IncrementalHash.AppendData"] = 0,
        ["System.Security.Cryptography.MD5.HashData"] = 0,
        ["System.Security.Cryptography.SHA1.HashData"] = 0,
        ["System.Security.Cryptography.SHA256.HashData"] = 0,
        ["System.Security.Cryptography.SHA384.HashData"] = 0,
        ["System.Security.Cryptography.SHA512.HashData"] = 0,
        ["System.Span.ToArray"] = Receiver,
        ["System.Span.ToString"] = Receiver,
        ["System.String..ctor"] = 0,
        ["System.String.Join"] = 1,
        ["System.Text.Encoding.GetByteCount"] = 0,
        ["System.Text.Encoding.GetBytes"] = 0,
        ["System.Text.Encoding.GetCharCount"] = 0,
        ["System.Text.Encoding.GetChars"] = 0,
        ["System.Text.Encoding.GetString"] = 0,
        ["System.Text.Json.JsonDocument.Parse"] = 0,
        ["System.Text.Json.JsonSerializer.Deserialize"] = 0,
        ["System.Text.StringBuilder.Append"] = 0,
    };

    /// <summary>True when the method takes its receiver for data.</summary>
    public static bool TakesReceiver(IMethodSymbol method) => PositionOf(method) == Receiver;

    /// <summary>True when the method takes what is passed for this parameter for data.</summary>
    public static bool Takes(IMethodSymbol method, IParameterSymbol parameter) =>
        PositionOf(method) == parameter.Ordinal && parameter.Type.SpecialType != SpecialType.System_Object;

    private static int? PositionOf(IMethodSymbol method)
    {
        for (IMethodSymbol? known = method; known is not null; known = known.OverriddenMethod)
        {
            if (Positions.TryGetValue(known.FullName(), out int position))
                return position;
        }

        return null;
    }
}
