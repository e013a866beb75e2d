using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(85_000, "83 KiB")]
    [InlineData(1_048_575, "1 MiB")]
    [InlineData(1_500_000_000, "1.4 GiB")]
    [InlineData(-2048, "-2 KiB")]
    [InlineData(double.NaN, "–")]
    public void Bytes_KeepFewDigits(double bytes, string text) => Assert.Equal(text, Amounts.Bytes(bytes));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.00004, "<0.1 %")]
    [InlineData(0.431, "43.1 %")]
    [InlineData(12.5, "1,250 %")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Percent_OfSomethingIsNeverNothing(double ratio, string text) => Assert.Equal(text, Amounts.Percent(ratio));

    [Theory]
    [InlineData(0, "0 GCs")]
    [InlineData(1, "1 GC")]
    [InlineData(1_234, "1,234 GCs")]
    public void OneGc_IsNotSeveral(long count, string text) => Assert.Equal(text, Amounts.Gcs(count));

    [Theory]
    [InlineData(-0.366, "−36.6 %")]
    [InlineData(0.05, "+5 %")]
    [InlineData(0, "±0 %")]
    public void Change_HasASign(double ratio, string text) => Assert.Equal(text, Amounts.Change(ratio));

    [Theory]
    [InlineData(0.004, "+0.4 points")]
    [InlineData(-0.25, "−25 points")]
    [InlineData(-0.0001, "±0 points")]
    public void Points_HaveASign(double difference, string text) => Assert.Equal(text, Amounts.Points(difference));

    [Theory]
    [InlineData("lohFragmentation", 0.41, "LOH fragmentation", "41 %")]
    [InlineData("lohMeanBytes", 1024, "LOH mean", "1 KiB")]
    [InlineData("maxPauseMs", 20, "Max pause", "20 ms")]
    [InlineData("heapChange", -0.5, "Heap change", "−50 %")]
    [InlineData("waste", 0.5, "Waste", "50 %")]
    [InlineData("rentals", 12_600, "Rentals", "12,600")]
    public void Quantity_TakesItsUnitFromItsName(string name, double value, string label, string text)
    {
        Assert.Equal(label, Quantity.Label(name));
        Assert.Equal(text, Quantity.Format(name, value));
    }
}
