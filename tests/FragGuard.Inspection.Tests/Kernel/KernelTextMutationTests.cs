using System;
using FragGuard.Inspection.Kernel;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>Saved texts that were damaged at random: each gives a result or a gap, and all numbers stay possible.</summary>
public sealed class KernelTextMutationTests(ITestOutputHelper output)
{
    private const int Mutations = 10_000;

    public static TheoryData<string> Texts => SavedTexts.All;

    [Theory, MemberData(nameof(Texts))]
    public void DamagedText_IsReadOrNamed(string text)
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int damaged = 0;
        for (int i = 0; i < Mutations; i++)
        {
            string mutated = DamagedText.Of(text, random);
            if (KernelTextKinds.Recognise("saved.txt", mutated) is not { } recognised)
                continue;
            KernelSnapshot kernel = KernelSnapshot.From([recognised], []);
            damaged += kernel.Gaps.Count;
            Assert.All(kernel.Gaps, gap => Assert.InRange(gap.Reason.Length, 1, 200));
            Assert.All(kernel.Zones, zone =>
            {
                Assert.InRange(zone.FreePages, 0, long.MaxValue);
                Assert.All(zone.Unusable, index => Assert.InRange(index, 0, 1_000));
                Assert.All(zone.External, index => Assert.InRange(index, int.MinValue, 1_000));
            });
            Assert.All(kernel.Slabs ?? [], cache => Assert.InRange(cache.WasteBytes(65_536), 0, cache.Bytes(65_536)));
            Assert.InRange(kernel.PageBytes, 4_096, 65_536);
        }

        output.WriteLine($"{damaged} of {Mutations} were damage");
    }
}
