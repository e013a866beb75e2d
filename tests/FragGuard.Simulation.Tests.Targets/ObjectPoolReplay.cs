using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Extensions.ObjectPool;

namespace FragGuard.Simulation.Tests.Targets;

/// <summary>
/// Gets and returns objects that keep the length they once grew to; prints which object came and its length after that.
/// <c>POOL_RETAINED</c> sets how many are kept (the pool's default otherwise), <c>POOL_LIMIT</c> the longest the policy
/// takes back.
/// </summary>
internal static class ObjectPoolReplay
{
    public static void Run(BinaryReader operations, TextWriter output)
    {
        Policy policy = new(Setting.Number("POOL_LIMIT") ?? int.MaxValue);
        DefaultObjectPool<Buffer> pool = Setting.Number("POOL_RETAINED") is { } retained
            ? new DefaultObjectPool<Buffer>(policy, retained)
            : new DefaultObjectPool<Buffer>(policy);
        int count = operations.ReadInt32();
        Buffer?[] slots = new Buffer[operations.ReadInt32()];
        NumberedObjects numbers = new();
        List<(int Number, int Length)> answers = new(count);
        for (int index = 0; index < count; index++)
        {
            Operation operation = Operation.Read(operations);
            if (operation.Kind == OperationKind.Allocate)
            {
                Buffer buffer = pool.Get();
                buffer.Length = Math.Max(buffer.Length, operation.Bytes);
                slots[operation.Slot] = buffer;
                answers.Add((numbers.Of(buffer), buffer.Length));
            }
            else
            {
                pool.Return(slots[operation.Slot]!);
                slots[operation.Slot] = null;
                answers.Add((-1, 0));
            }
        }

        foreach ((int number, int length) in answers)
            output.WriteLine(FormattableString.Invariant($"object {number} {length}"));
    }

    private sealed class Buffer
    {
        public const int InitialLength = 24;

        public int Length { get; set; } = InitialLength;
    }

    private sealed class Policy(int limit) : IPooledObjectPolicy<Buffer>
    {
        public Buffer Create() => new();

        public bool Return(Buffer obj) => obj.Length <= limit;
    }
}
