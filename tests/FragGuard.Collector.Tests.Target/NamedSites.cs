using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace FragGuard.Collector.Tests.Target;

/// <summary>Allocates a large array in each kind of method the compiler rewrites, and prints the line of each.</summary>
internal static class NamedSites
{
    private static object? s_kept;

    public static async Task AllocateAsync()
    {
        s_kept = Items().ToArray();
        await foreach (object item in ItemsAsync().ConfigureAwait(false))
            s_kept = item;
        s_kept = new Order(210_003);
        s_kept = new Order(1) with { Size = 210_004 };
        s_kept = new Pair<string, int>().Make<Guid>();
        s_kept = Nested()();
        Func<Task<object>> later = async () =>
        {
            await Task.Yield();
            object one = new byte[210_006]; Truth.Say("asynclambda", Truth.Line());
            return one;
        };
        s_kept = await later().ConfigureAwait(false);
        s_kept = new Basket().Total;
        s_kept = new Basket() + new Basket();
        s_kept = ((IEnumerable)new Basket()).GetEnumerator();
        s_kept = new Value { Start = 1 }.Make();
    }

    private static IEnumerable<object> Items()
    {
        yield return new byte[210_001]; Truth.Say("iterator", Truth.Line());
    }

    private static async IAsyncEnumerable<object> ItemsAsync()
    {
        await Task.Yield();
        yield return new byte[210_002]; Truth.Say("asynciterator", Truth.Line());
    }

    private static Func<object> Nested()
    {
        return () => Inner();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static object Inner()
        {
            object one = new byte[210_005]; Truth.Say("localinlambda", Truth.Line());
            return one;
        }
    }

    private sealed record Order
    {
        private readonly int _size;

        public Order(int size)
        {
            Body = new byte[Math.Max(200_003, size)]; Truth.Say("record", Truth.Line());
        }

        public object Body { get; private set; }

        public int Size
        {
            get => _size;
            init
            {
                _size = value;
                Body = new byte[value]; Truth.Say("property", Truth.Line());
            }
        }
    }

    private sealed class Pair<TKey, TValue>
    {
        private readonly int _length = 20_000;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public object Make<T>()
        {
            object one = new (TKey, TValue, T)[_length]; Truth.Say("genericmethod", Truth.Line());
            return one;
        }
    }

    private readonly record struct Value(int Size)
    {
        public int Start { get; init; }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public object Make()
        {
            object one = new byte[210_009 + Start + Size]; Truth.Say("struct", Truth.Line());
            return one;
        }
    }

    private sealed class Basket : IEnumerable
    {
        private readonly int _bytes = 210_007;

        public object Total
        {
            [MethodImpl(MethodImplOptions.NoInlining)]
            get
            {
                object one = new byte[_bytes]; Truth.Say("getter", Truth.Line());
                return one;
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static object operator +(Basket left, Basket right)
        {
            object one = new byte[210_008]; Truth.Say("operator", Truth.Line());
            return one;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        IEnumerator IEnumerable.GetEnumerator()
        {
            IEnumerator one = new byte[210_010].GetEnumerator(); Truth.Say("explicit", Truth.Line());
            return one;
        }
    }
}
