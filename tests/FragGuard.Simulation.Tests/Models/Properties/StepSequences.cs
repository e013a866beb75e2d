using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace FragGuard.Simulation.Tests.Models.Properties;

/// <summary>
/// Random sequences of steps, and how a failing one is made smaller: by leaving out ever shorter runs of steps, then by
/// making sizes rounder. The seed is <see cref="DefaultSeed"/>, or the environment variable <c>FRAGGUARD_SEED</c>.
/// </summary>
internal static class StepSequences
{
    public const int Slots = 24;

    private const ulong DefaultSeed = 1;

    private static readonly int[] Powers = [.. Enumerable.Range(0, 23)];

    public static ulong Seed => ulong.TryParse(Environment.GetEnvironmentVariable("FRAGGUARD_SEED"), out ulong seed)
        ? seed
        : DefaultSeed;

    /// <summary>Checks a property over random sequences; fails with the shortest that breaks it, and the seed.</summary>
    public static void Check(int sequences, Action<StepSequence> property)
    {
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(sequences)
            .WithEndSize(150)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None)));
        try
        {
            FsCheck.Check.One(config, Prop.ForAll(Arb.From(Sequences(), Shrink), property));
        }
        catch (Exception exception)
        {
            Assert.Fail($"FRAGGUARD_SEED={Seed}: {exception.Message}");
        }
    }

    private static Gen<StepSequence> Sequences() => Steps().ArrayOf().Select(steps => new StepSequence(steps));

    private static Gen<Step> Steps() =>
        from kind in Kinds()
        from slot in Gen.Choose(0, Slots - 1)
        from bytes in kind == StepKind.Tick ? Gen.Choose(0, 100).Select(ms => (long)ms) : Sizes()
        from alignment in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(0, 13).Select(power => 1 << power)))
        select new Step(kind, slot, bytes, alignment);

    private static Gen<StepKind> Kinds() => Gen.Frequency(
        (70, Gen.Constant(StepKind.Toggle)),
        (10, Gen.Constant(StepKind.Resize)),
        (5, Gen.Constant(StepKind.Pin)),
        (5, Gen.Constant(StepKind.Thread)),
        (4, Gen.Constant(StepKind.Tick)),
        (3, Gen.Constant(StepKind.Trim)),
        (3, Gen.Constant(StepKind.Collect)));

    /// <summary>Small sizes, sizes about a power of two, sizes anywhere up to 4 MiB, and 2 GiB.</summary>
    private static Gen<long> Sizes() => Gen.Frequency(
        (40, Gen.Choose(0, 300).Select(bytes => (long)bytes)),
        (30, from power in Gen.Elements(Powers) from off in Gen.Choose(-17, 17) select Math.Max(0, (1L << power) + off)),
        (25, Gen.Choose(300, 40_000).Select(bytes => (long)bytes)),
        (4, Gen.Choose(80_000, 4 << 20).Select(bytes => (long)bytes)),
        (1, Gen.Constant(1L << 31)));

    private static IEnumerable<StepSequence> Shrink(StepSequence failing)
    {
        IReadOnlyList<Step> steps = failing.Steps;
        for (int length = steps.Count / 2; length >= 1; length /= 2)
        {
            for (int start = 0; start + length <= steps.Count; start += length)
                yield return new StepSequence([.. steps.Take(start), .. steps.Skip(start + length)]);
        }

        for (int i = 0; i < steps.Count; i++)
        {
            foreach (Step smaller in Smaller(steps[i]))
                yield return new StepSequence([.. steps.Take(i), smaller, .. steps.Skip(i + 1)]);
        }
    }

    private static IEnumerable<Step> Smaller(Step step)
    {
        if (step.AlignmentBytes > 0)
            yield return step with { AlignmentBytes = 0 };
        if (step.Bytes > 1)
            yield return step with { Bytes = step.Bytes / 2 };
        if (step.Bytes > 16)
            yield return step with { Bytes = step.Bytes - 1 };
        if (step.Slot > 0)
            yield return step with { Slot = step.Slot - 1 };
    }
}
