using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>Bounded work for the page allocator until it is disposed of: 64 MiB touched and given back, small files written and deleted.</summary>
internal sealed class PageLoad : IDisposable
{
    private const int Bytes = 64 << 20;
    private const int Files = 100;

    private readonly CancellationTokenSource _end = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fragguard-pages-");
    private readonly Task _work;

    public PageLoad() => _work = Task.Run(Work);

    public void Dispose()
    {
        _end.Cancel();
        _work.Wait();
        _end.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Work()
    {
        byte[] content = new byte[20_000];
        while (!_end.IsCancellationRequested)
        {
            IntPtr memory = Marshal.AllocHGlobal(Bytes);
            for (int at = 0; at < Bytes; at += Environment.SystemPageSize)
                Marshal.WriteByte(memory, at, 1);
            Marshal.FreeHGlobal(memory);
            for (int i = 0; i < Files; i++)
                File.WriteAllBytes(Path.Combine(_folder.FullName, $"{i}"), content.AsSpan(0, 100 + (i * 190)));
            for (int i = 0; i < Files; i++)
                File.Delete(Path.Combine(_folder.FullName, $"{i}"));
            Thread.Sleep(20);
        }
    }
}
