using System;
using System.Linq;
using System.Text;
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
            string mutated = Mutate(text, random);
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

    /// <summary>One to four of: a letter changed, a piece cut out, a piece doubled, a number made absurd.</summary>
    private static string Mutate(string text, Random random)
    {
        StringBuilder mutated = new(text);
        for (int change = random.Next(1, 5); change > 0 && mutated.Length > 2; change--)
        {
            int at = random.Next(mutated.Length);
            int length = Math.Min(random.Next(1, 40), mutated.Length - at);
            switch (random.Next(4))
            {
                case 0:
                    mutated[at] = (char)random.Next(1, random.Next(2) == 0 ? 128 : 0xD800);
                    break;
                case 1:
                    mutated.Remove(at, length);
                    break;
                case 2:
                    mutated.Insert(at, mutated.ToString(at, length));
                    break;
                default:
                    mutated.Insert(at, string.Concat(Enumerable.Repeat('9', random.Next(1, 25))));
                    break;
            }
        }

        return mutated.ToString();
    }
}
