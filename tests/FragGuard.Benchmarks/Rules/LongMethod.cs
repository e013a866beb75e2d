using System;
using System.Globalization;
using System.Text;

namespace FragGuard.Benchmarks.Rules;

/// <summary>One method that does the same to many resources one after the other, as generated code does.</summary>
internal static class LongMethod
{
    public static string Text(LongMethodKind kind, int times)
    {
        StringBuilder text = new("using System; using System.Buffers; using System.Runtime.InteropServices;\nunsafe class C\n{\n");
        text.Append("    static void Use(byte[] array) { }\n    static void Use(byte* address) { }\n    public static void M(int n)\n    {\n");
        if (kind == LongMethodKind.Exits)
            text.Append("        byte[] a = ArrayPool<byte>.Shared.Rent(100);\n");
        for (int i = 0; i < times; i++)
            text.AppendFormat(CultureInfo.InvariantCulture, Line(kind), i);
        return text.Append("    }\n}\n").ToString();
    }

    private static string Line(LongMethodKind kind) => kind switch
    {
        LongMethodKind.Exits => "        if (n == {0}) {{ Use(a); ArrayPool<byte>.Shared.Return(a); return; }}\n",
        LongMethodKind.Lambdas =>
            "        Action f{0} = () => {{ byte[] a = ArrayPool<byte>.Shared.Rent(100); Use(a); ArrayPool<byte>.Shared.Return(a); }}; f{0}();\n",
        LongMethodKind.Native => "        byte* p{0} = (byte*)NativeMemory.Alloc(100); Use(p{0}); NativeMemory.Free(p{0});\n",
        LongMethodKind.Handles =>
            "        byte[] a{0} = new byte[100]; GCHandle h{0} = GCHandle.Alloc(a{0}, GCHandleType.Pinned); Use(a{0}); h{0}.Free();\n",
        LongMethodKind.Pinned => "        byte[] a{0} = GC.AllocateArray<byte>({0} + n, pinned: true); Use(a{0});\n",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
