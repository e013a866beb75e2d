using System;

namespace FragGuard.Collector.Snapshots;

/// <summary>
/// The objects that the roots reach, numbered anew in the order of a depth-first walk: the root is 0, and every object
/// has a larger rank than the one it was reached from.
/// </summary>
internal sealed class DepthFirstOrder
{
    public const int Unreached = -1;

    public DepthFirstOrder(ReferenceGraph graph)
    {
        int count = graph.RootNumber + 1;
        Rank = new int[count];
        Array.Fill(Rank, Unreached);
        int[] numbers = new int[count];
        int[] parents = new int[count];

        // Depth is that of the longest chain of objects: no recursion, and the stack holds ranks with their next reference.
        int[] nextReference = new int[count];
        int current = 0;
        Rank[graph.RootNumber] = 0;
        numbers[0] = graph.RootNumber;
        nextReference[0] = graph.FirstOf(graph.RootNumber);
        Count = 1;
        while (true)
        {
            int number = numbers[current];
            int end = graph.FirstOf(number) + graph.Of(number).Length;
            int target = Unreached;
            while (nextReference[current] < end && target < 0)
            {
                int candidate = graph.Target(nextReference[current]++);
                if (Rank[candidate] == Unreached)
                    target = candidate;
            }

            if (target >= 0)
            {
                Rank[target] = Count;
                numbers[Count] = target;
                parents[Count] = current;
                nextReference[Count] = graph.FirstOf(target);
                current = Count++;
            }
            else if (current == 0)
            {
                break;
            }
            else
            {
                current = parents[current];
            }
        }

        Number = numbers;
        Parent = parents;
    }

    /// <summary>Objects reached, the root included.</summary>
    public int Count { get; }

    /// <summary>Rank of each object; <see cref="Unreached"/> where no root leads.</summary>
    public int[] Rank { get; }

    /// <summary>Object of each rank.</summary>
    public int[] Number { get; }

    /// <summary>The rank each rank was reached from.</summary>
    public int[] Parent { get; }
}
