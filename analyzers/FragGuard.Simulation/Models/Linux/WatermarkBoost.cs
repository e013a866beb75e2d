using System;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// The pages by which mixing migrate types raises a zone's watermarks, so that the reclaimer makes room for whole page
/// blocks again (boost_watermark in mm/page_alloc.c).
/// </summary>
internal sealed class WatermarkBoost
{
    private readonly long _step;
    private readonly long _most;

    /// <param name="managedPages">Pages of the zone.</param>
    /// <param name="highPages">Its high watermark.</param>
    /// <param name="factor">vm.watermark_boost_factor; 0 for no boost.</param>
    /// <param name="pagesPerBlock">Pages of one page block, the step of the boost.</param>
    public WatermarkBoost(long managedPages, long highPages, long factor, long pagesPerBlock)
    {
        long most = highPages * factor / ZoneWatermarks.FactorUnit;
        bool isOff = factor == 0 || most == 0 || pagesPerBlock * 4 > managedPages;
        _step = isOff ? 0 : pagesPerBlock;
        _most = isOff ? 0 : Math.Max(pagesPerBlock, most);
    }

    /// <summary>Pages added to every watermark now.</summary>
    public long Pages { get; private set; }

    /// <summary>Times the watermarks were raised.</summary>
    public long Raised { get; private set; }

    public void Raise()
    {
        if (_step == 0)
            return;
        Pages = Math.Min(Pages + _step, _most);
        Raised++;
    }

    /// <summary>The reclaimer ran and took the boost back.</summary>
    public void TakeBack() => Pages = 0;
}
