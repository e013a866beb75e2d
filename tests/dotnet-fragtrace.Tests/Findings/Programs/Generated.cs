using System;
using System.Buffers;
using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Verdicts;

/// <summary>Short methods that code made at run time calls, and the JIT may make part of it.</summary>
internal static class Generated
{
    private const int Calls = 300;

    public static void Run()
    {
        Func<int> expression = Expression.Lambda<Func<int>>(Expression.Call(Method(nameof(OfExpression)))).Compile();
        Func<int> emitted = Emitted();
        Thread thread = new(() =>
        {
            for (int i = 0; i < Calls; i++)
                emitted();
        });
        thread.Start();
        thread.Join();
        for (int i = 0; i < Calls; i++)
            expression();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OfExpression() => ArrayPool<byte>.Shared.Rent(3_000).Length; // FG2001 expression

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OfMethod() => ArrayPool<byte>.Shared.Rent(6_000).Length; // FG2001 method

    private static Func<int> Emitted()
    {
        DynamicMethod method = new("Emitted", typeof(int), [], typeof(Generated).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Call, Method(nameof(OfMethod)));
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>();
    }

    private static MethodInfo Method(string name) => typeof(Generated).GetMethod(name)!;
}
