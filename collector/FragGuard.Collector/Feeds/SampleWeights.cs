namespace FragGuard.Collector.Feeds;

/// <summary>Allocated bytes that drawn objects stand for; sizes come again and again, and a power takes time.</summary>
internal sealed class SampleWeights
{
    private const int Places = 1 << 10;
    private const int Alignment = 8;

    private readonly long[] _bytes = new long[Places];
    private readonly double[] _weights = new double[Places];

    /// <param name="bytes">Size of the object.</param>
    public double Of(long bytes)
    {
        int place = (int)((ulong)bytes / Alignment % Places);
        if (_bytes[place] != bytes || bytes == 0)
        {
            _bytes[place] = bytes;
            _weights[place] = AllocationSample.EstimateOf(bytes);
        }

        return _weights[place];
    }
}
