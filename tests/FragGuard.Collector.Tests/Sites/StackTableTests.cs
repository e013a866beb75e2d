using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Events;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Sites;

public sealed class StackTableTests
{
    [Fact]
    public void SameAddresses_AreOneStack_AndAnyOtherIsAnother()
    {
        StackTable stacks = new();
        int first = stacks.Intern([1, 2, 3]);

        Assert.Equal(first, stacks.Intern([1, 2, 3]));
        Assert.NotEqual(first, stacks.Intern([1, 2, 4]));
        Assert.NotEqual(first, stacks.Intern([1, 2]));
        Assert.Equal([1, 2, 3], stacks[first].ToArray());
        Assert.Equal(StackTable.Empty, stacks.Intern([]));
        Assert.True(stacks[StackTable.Empty].IsEmpty);
    }

    [Fact]
    public void ManyStacks_KeepTheirNumbers()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        StackTable stacks = new();
        List<(int Number, ulong[] Stack)> seen = [];
        for (int i = 0; i < 50_000; i++)
        {
            // Half of the stacks differ only where the quick look does not look.
            ulong[] stack = new ulong[random.Next(1, 60)];
            Array.Fill(stack, 7UL);
            stack[random.Next(stack.Length)] = (ulong)random.Next(300);
            seen.Add((stacks.Intern(stack), stack));
        }

        Assert.All(seen, one => Assert.True(stacks[one.Number].SequenceEqual(one.Stack), $"seed {seed}"));
        Assert.True(
            seen.Select(one => one.Number).Distinct().Count() == seen.Select(one => string.Join(' ', one.Stack)).Distinct(StringComparer.Ordinal).Count(),
            $"seed {seed}");
        Assert.Equal(0, stacks.LeftOut);
    }

    [Fact]
    public void OneStackTooMany_IsLeftOutAndCounted_AndKnownOnesStay()
    {
        StackTable stacks = new();
        ulong[] deep = new ulong[64];
        int kept = StackTable.MaxAddresses / deep.Length;
        for (int i = 1; i <= kept; i++)
            Assert.NotEqual(StackTable.Empty, Numbered(i));

        Assert.Equal(StackTable.Empty, Numbered(kept + 1));
        Assert.Equal(1, stacks.LeftOut);
        Assert.Equal(StackTable.Empty, Numbered(kept + 1));
        Assert.Equal(2, stacks.LeftOut);
        Assert.NotEqual(StackTable.Empty, Numbered(kept));

        int Numbered(int number)
        {
            deep[5] = (ulong)number;
            return stacks.Intern(deep);
        }
    }

    // Multiplied by an odd number, a change of the highest bit alone stays what it is: products with any key take these for one stack.
    [Fact]
    public void StacksMadeToShareAPlace_HavePlacesOfTheirOwn()
    {
        const int Pairs = 16;
        const ulong Highest = 1UL << 63;
        HashSet<uint> places = [];
        ulong[] stack = new ulong[2 * Pairs];
        for (int choice = 0; choice < 1 << Pairs; choice++)
        {
            for (int i = 0; i < Pairs; i++)
            {
                bool isChanged = (choice & (1 << i)) != 0;
                stack[2 * i] = 0x1000 ^ (isChanged ? Highest : 0);
                stack[(2 * i) + 1] = 0x2000 ^ (isChanged ? Highest ^ (Highest >> 29) : 0);
            }

            places.Add(StackTable.Hash(stack));
        }

        Assert.InRange(places.Count, (1 << Pairs) - 64, 1 << Pairs);
        Assert.Equal(StackTable.Hash(stack), StackTable.Hash([.. stack]));
    }

    [Fact]
    public void StackOfAnEvent_HasTheNumberOfItsAddresses_WhicheverTableAsks()
    {
        StackTable one = new();
        StackTable another = new();
        another.Intern([9]);
        StackNotes notes = new();
        foreach ((StackTable table, int index) in new[] { (one, 700), (one, 0), (another, 700), (one, 0), (one, 700), (another, 0), (another, 700) })
        {
            ulong[] stack = [1, (ulong)index];
            Assert.Equal(stack, table[table.Intern(Event(stack, notes, index))].ToArray());
            Assert.Equal(table.Intern(stack), table.Intern(Event(stack, notes, index)));
        }

        Assert.Equal(StackTable.Empty, one.Intern(Event([], notes, -1)));
        Assert.Equal(one.Intern([1, 700]), one.Intern(Event([1, 700], notes: null, 0)));
    }

    [Fact]
    public void StackOfAnEventBehindASequencePoint_IsAnother()
    {
        StackTable stacks = new();
        StackNotes notes = new();
        int before = stacks.Intern(Event([1, 2], notes, 5));
        notes.Clear();
        int after = stacks.Intern(Event([1, 3], notes, 5));

        Assert.NotEqual(before, after);
        Assert.Equal([1UL, 3], stacks[after].ToArray());
    }

    private static RecordedEvent Event(ulong[] stack, StackNotes? notes, int index) => new()
    {
        Provider = "", Id = 1, Version = 1, TimeMs = 0, Thread = 1, Payload = [], PointerBytes = 8,
        Stack = stack, StackNotes = notes, StackIndex = index,
    };
}
