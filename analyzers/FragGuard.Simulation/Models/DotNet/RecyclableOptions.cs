namespace FragGuard.Simulation.Models.DotNet;

/// <summary>What a stream does to have its bytes in one array.</summary>
internal enum RecyclableBuffer
{
    /// <summary>Nothing: its bytes stay in blocks.</summary>
    Blocks,

    /// <summary>It asks for one array when it is made, if it needs more than a block.</summary>
    Contiguous,

    /// <summary>It calls GetBuffer whenever it was written.</summary>
    GetBuffer,
}

/// <summary>The options of a manager of streams, checked as the manager checks them.</summary>
internal sealed class RecyclableOptions
{
    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public RecyclableOptions(ModelSettings settings)
    {
        BlockBytes = settings.ByteCount("block", 256, 1 << 30);
        MultipleBytes = settings.ByteCount("multiple", 256, 1 << 30);
        LargestBytes = settings.ByteCount("largest", BlockBytes, int.MaxValue);
        IsExponential = settings.Flag("exponential");
        SmallFreeBytes = settings.ByteCount("small-free");
        LargeFreeBytes = settings.ByteCount("large-free");
        CapacityBytes = settings.ByteCount("capacity");
        ReturnsAtOnce = settings.Flag("aggressive");
        Buffer = settings.Text("buffer") switch
        {
            "blocks" => RecyclableBuffer.Blocks,
            "contiguous" => RecyclableBuffer.Contiguous,
            "getbuffer" => RecyclableBuffer.GetBuffer,
            string other => throw new ModelSettingException($"buffer={other} is none of blocks, contiguous and getbuffer."),
        };
        if (LargeBytes(LargestBytes) != LargestBytes)
        {
            throw new ModelSettingException(
                $"largest={LargestBytes} is not {(IsExponential ? "a power of two times" : "a multiple of")} {MultipleBytes}.");
        }

        LargeSizes = LargeIndex(LargestBytes) + 1;
    }

    public static ModelSetting[] Settings { get; } =
    [
        new("block", "128k", "bytes of a block (BlockSize)"),
        new("multiple", "1m", "bytes that large arrays are a multiple of (LargeBufferMultiple)"),
        new("largest", "128m", "bytes of the largest array that is kept (MaximumBufferSize)"),
        new("exponential", "false", "whether large arrays double in size instead (UseExponentialLargeBuffer)"),
        new("small-free", "0", "bytes of idle blocks from which further ones are dropped; 0 for no limit"),
        new("large-free", "0", "most bytes of idle large arrays of one size; 0 for no limit"),
        new("capacity", "0", "most bytes of a stream (MaximumStreamCapacity); 0 for no limit"),
        new("aggressive", "false", "whether arrays a stream has outgrown return at once (AggressiveBufferReturn)"),
        new("buffer", "blocks", "how streams are used: blocks, contiguous (one array asked for at first), or getbuffer"),
    ];

    public long BlockBytes { get; }

    public long MultipleBytes { get; }

    public long LargestBytes { get; }

    public bool IsExponential { get; }

    public long SmallFreeBytes { get; }

    public long LargeFreeBytes { get; }

    public long CapacityBytes { get; }

    public bool ReturnsAtOnce { get; }

    public RecyclableBuffer Buffer { get; }

    /// <summary>Number of sizes of large arrays that are kept.</summary>
    public int LargeSizes { get; }

    /// <summary>Bytes of the large array that serves a request of at most 2^32 bytes.</summary>
    public long LargeBytes(long bytes)
    {
        if (!IsExponential)
            return (bytes + MultipleBytes - 1) / MultipleBytes * MultipleBytes;
        long served = MultipleBytes;
        while (served < bytes)
            served <<= 1;
        return served;
    }

    /// <summary>Index of a size of large arrays, counted from the smallest.</summary>
    public int LargeIndex(long largeBytes)
    {
        if (!IsExponential)
            return (int)(largeBytes / MultipleBytes) - 1;
        int index = 0;
        while (MultipleBytes << index < largeBytes)
            index++;
        return index;
    }
}
