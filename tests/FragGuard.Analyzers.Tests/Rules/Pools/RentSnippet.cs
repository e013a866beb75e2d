using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Tests.Rules.Pools;

/// <summary>Members of a class that rents arrays, for the tests of one rule.</summary>
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

        partial class C
        {
        {{members}}
        }
        """;
}
