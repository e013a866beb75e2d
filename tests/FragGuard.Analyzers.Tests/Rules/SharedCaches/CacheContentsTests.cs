using System.Threading;
using System.Threading.Tasks;
using FragGuard.Analyzers.Rules.SharedCaches;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Tests.Rules.SharedCaches;

/// <summary>The rules on caches share the reading of a type, and each judges only while it is on.</summary>
public class CacheContentsTests
{
    private const string Cache = """
        using Microsoft.Extensions.Caching.Memory;
        class Pages(IMemoryCache cache) { void Put(int key) => cache.Set(key, new byte[5]); }
        """;

    [Fact]
    public async Task RuleThatIsOff_JudgesNothing()
    {
        CountingRule on = new("FG0001", isOn: true);
        CountingRule off = new("FG0002", isOn: false);

        await Verifier.RunAsync(new CacheContents(on, off), [Cache]);

        Assert.Equal((1, 0), (on.Caches, off.Caches));
        Assert.Equal(0, off.Asked);
    }

    private sealed class CountingRule(string id, bool isOn)
        : CacheTrafficRule(new DiagnosticDescriptor(id, id, id, "Test", DiagnosticSeverity.Warning, isEnabledByDefault: isOn))
    {
        private int _caches;
        private int _asked;

        /// <summary>Caches that it was given.</summary>
        public int Caches => _caches;

        /// <summary>How often it was asked whether it is of use.</summary>
        public int Asked => _asked;

        public override bool IsOfUse(KnownSymbols symbols)
        {
            Interlocked.Increment(ref _asked);
            return true;
        }

        public override void Analyze(SymbolAnalysisContext context, CacheEntrySizes entries, CacheSources sources) =>
            Interlocked.Increment(ref _caches);
    }
}
