using System;
using System.Threading;

namespace FragGuard.Samples.PooledChunkCache;

/// <summary>Visitors and editors: pages are served all the time and replaced at random.</summary>
public static class Churn
{
    private const int ReplacementsPerSecond = 500;
    private const int FragmentsPerPage = 1;
    private const int PreviewEvery = 4;

    public static ChurnResult Run(SampleOptions options, HeapWatch heap, CancellationToken stop)
    {
        var random = new Random(options.Seed);
        using var cache = new PageCache(random);
        int fragments = options.Pages * FragmentsPerPage;
        var limit = TimeSpan.FromSeconds(options.Seconds);
        var pace = new Pace(ReplacementsPerSecond);
        Fill(cache, options.Pages, fragments);

        int replaced = 0;
        while (replaced < options.Replacements && pace.Elapsed < limit && !stop.IsCancellationRequested)
        {
            cache.StorePage(random.Next(options.Pages));
            for (int i = 0; i < FragmentsPerPage; i++)
                cache.StoreFragment(random.Next(fragments));
            cache.Serve(random.Next(options.Pages));
            if (replaced % PreviewEvery == 0)
                cache.Preview(random.Next(options.Pages));

            replaced++;
            pace.Wait();
            heap.Look();
            if (replaced == options.Pages)
                heap.Restart();
        }

        return new ChurnResult(replaced, pace.Elapsed, cache.LiveBytes(options.Pages, fragments));
    }

    private static void Fill(PageCache cache, int pages, int fragments)
    {
        for (int number = 0; number < fragments; number++)
            cache.StoreFragment(number);
        for (int number = 0; number < pages; number++)
            cache.StorePage(number);
    }
}
