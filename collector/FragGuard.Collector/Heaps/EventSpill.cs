using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Runtime.InteropServices;
using FragGuard.Simulation.Traces;
using Microsoft.Win32.SafeHandles;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Allocation events in order, the latest in memory and the rest in a temporary file that vanishes with its last user.
/// Births, deaths, trims and the time only.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A trace reads the file for as long as anybody holds it; the handle closes itself.")]
internal sealed class EventSpill
{
    public const int MaxInMemory = 1 << 18;
    public const string FilePrefix = "fragtrace-events-";

    private static readonly int RecordBytes = Marshal.SizeOf<Record>();

    private readonly int _maxInMemory;
    private readonly List<AllocationEvent> _latest = [];
    private SafeFileHandle? _file;
    private long _spilled;

    public EventSpill(int maxInMemory = MaxInMemory) => _maxInMemory = maxInMemory;

    /// <summary>Where the events go that memory does not hold.</summary>
    public string FileName { get; } = Path.Combine(Path.GetTempPath(), $"{FilePrefix}{Guid.NewGuid():N}.tmp");

    public long Count => _spilled + _latest.Count;

    public AllocationEvent this[long index]
    {
        get
        {
            if (index >= _spilled)
                return _latest[(int)(index - _spilled)];

            Span<Record> one = stackalloc Record[1];
            Read(index, one);
            return one[0].ToEvent();
        }

        set
        {
            if (index >= _spilled)
            {
                _latest[(int)(index - _spilled)] = value;
                return;
            }

            RandomAccess.Write(_file!, MemoryMarshal.AsBytes([Record.Of(value)]), index * RecordBytes);
        }
    }

    public void Add(AllocationEvent one)
    {
        if (_latest.Count >= _maxInMemory)
            Spill();
        _latest.Add(one);
    }

    public IEnumerable<AllocationEvent> All()
    {
        Record[] chunk = new Record[1 << 12];
        for (long index = 0; index < _spilled; index += chunk.Length)
        {
            int count = (int)Math.Min(chunk.Length, _spilled - index);
            Read(index, chunk.AsSpan(0, count));
            for (int i = 0; i < count; i++)
                yield return chunk[i].ToEvent();
        }

        foreach (AllocationEvent one in _latest)
            yield return one;
    }

    private void Spill()
    {
        _file ??= OpenFile(FileName);
        Record[] records = new Record[_latest.Count];
        for (int i = 0; i < records.Length; i++)
            records[i] = Record.Of(_latest[i]);
        RandomAccess.Write(_file, MemoryMarshal.AsBytes<Record>(records), _spilled * RecordBytes);
        _spilled += records.Length;
        _latest.Clear();
    }

    // Elsewhere than on Windows an open file can lose its name at once, and then not even a kill leaves it behind.
    private static SafeFileHandle OpenFile(string path)
    {
        SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }

    private void Read(long index, Span<Record> records)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(records);
        for (int done = 0; done < bytes.Length;)
        {
            int count = RandomAccess.Read(_file!, bytes[done..], (index * RecordBytes) + done);
            if (count == 0)
                throw new EndOfStreamException("The temporary file of allocation events has become shorter.");
            done += count;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Record(long Id, long Amount, int Site, int Kind)
    {
        public static Record Of(AllocationEvent one) => new(
            one.Id, one.Kind == AllocationEventKind.Time ? one.Milliseconds : one.Bytes, one.Site, (int)one.Kind);

        public AllocationEvent ToEvent() => (AllocationEventKind)Kind == AllocationEventKind.Time
            ? new AllocationEvent(AllocationEventKind.Time, Id, Milliseconds: Amount, Site: Site)
            : new AllocationEvent((AllocationEventKind)Kind, Id, Amount, Site: Site);
    }
}
