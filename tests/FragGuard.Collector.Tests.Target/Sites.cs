using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace FragGuard.Collector.Tests.Target;

internal static class Sites
{
    private static object? s_kept;

    public static async Task AllocateAsync()
    {
        await Task.Yield();
        s_kept = new byte[200_001]; Truth.Say("async", Truth.Line());
        Func<int, object> lambda = length => { object one = new byte[length]; Truth.Say("lambda", Truth.Line()); return one; };
        s_kept = lambda(200_002);
        s_kept = Local(200_003);
        s_kept = new Holder<int>();
        s_kept = Enumerable.Range(0, 200_004).ToArray(); Truth.Say("library", Truth.Line());

        [MethodImpl(MethodImplOptions.NoInlining)]
        static object Local(int length)
        {
            object one = new char[length]; Truth.Say("local", Truth.Line());
            return one;
        }
    }

    private sealed class Holder<T>
    {
        private readonly T[] _items;

        public Holder()
        {
            _items = new T[300_000]; Truth.Say("generic", Truth.Line(), _items.Length);
        }
    }
}
