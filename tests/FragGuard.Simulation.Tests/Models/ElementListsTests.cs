using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models;

public sealed class ElementListsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RandomPushesAndPops_MatchLinkedLists(ulong seed)
    {
        SeededRandom random = new(seed);
        ElementLists<long> elements = new();
        ElementList[] lists = new ElementList[5];
        LinkedList<long>[] expected = [new(), new(), new(), new(), new()];
        for (int i = 0; i < 20_000; i++)
        {
            int which = (int)random.Next(0, lists.Length - 1);
            bool atHead = random.Next(0, 1) == 0;
            if (expected[which].Count == 0 || random.Next(0, 99) < 49)
            {
                Push(elements, ref lists[which], expected[which], i, atHead);
            }
            else
            {
                LinkedListNode<long> popped = atHead ? expected[which].First! : expected[which].Last!;
                expected[which].Remove(popped);
                Assert.Equal(
                    popped.Value, atHead ? elements.RemoveHead(ref lists[which]) : elements.RemoveTail(ref lists[which]));
            }

            Assert.Equal(expected[which].Count, lists[which].Count);
        }

        for (int which = 0; which < lists.Length; which++)
            Assert.Equal(expected[which], elements.Of(lists[which]));
    }

    private static void Push(
        ElementLists<long> elements, ref ElementList list, LinkedList<long> expected, long value, bool atHead)
    {
        if (atHead)
        {
            elements.AddHead(ref list, value);
            expected.AddFirst(value);
        }
        else
        {
            elements.AddTail(ref list, value);
            expected.AddLast(value);
        }
    }
}
