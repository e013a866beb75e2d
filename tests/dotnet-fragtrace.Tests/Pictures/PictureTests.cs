using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using FragGuard.FragTrace.Pictures;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Pictures;

public sealed class PictureTests
{
    private static readonly (Ink Ink, string Label)[] Keys = [(Ink.Used, "used"), (Ink.Free, "free")];

    [Fact]
    public void Png_HasTheColourOfEachBoxAtTwoPixelsAUnit()
    {
        DecodedPng png = Png(new Picture("two", 20, 10, [new PictureBox(0, 0, 5, 10, Ink.Used), new PictureBox(5, 0, 5, 5, Ink.Top)]));

        Assert.Equal((40, 20), (png.Width, png.Height));
        Assert.Equal(Palette.Light(Ink.Used), png.ColourAt(9, 19));
        Assert.Equal(Palette.Light(Ink.Top), png.ColourAt(10, 0));
        Assert.Equal(Palette.Paper, png.ColourAt(10, 10));
        Assert.Equal(Palette.Paper, png.ColourAt(20, 0));
    }

    [Fact]
    public void Png_DrawsLettersDotByDot()
    {
        DecodedPng png = Png(new Picture("letter", 10, 10, [new PictureText(0, 7, "L", Size: 10)]));
        string[] rows = [.. Enumerable.Range(0, 7).Select(row => string.Concat(Enumerable.Range(0, 5)
            .Select(column => png.ColourAt(column * 2, row * 2) == Palette.Light(Ink.Text) ? '#' : '.')))];

        Assert.Equal("#.... #.... #.... #.... #.... #.... #####", string.Join(' ', rows));
    }

    [Fact]
    public void CellMap_FramesOnlyCellsThatExist()
    {
        Picture map = Map([.. Enumerable.Repeat(Ink.Released, CellMap.Columns + 1)], [(0, "all")]);
        PictureBox[] frames = [.. map.Shapes.OfType<PictureBox>()];
        double cell = Assert.Single(map.Shapes.OfType<PictureCells>()).CellWidth;

        Assert.Equal([CellMap.Columns * cell + 2, cell + 2], frames.Select(frame => frame.Width));
    }

    [Fact]
    public void Png_ShapesOutsideThePicture_AreCutOff()
    {
        DecodedPng png = Png(new Picture(
            "outside", 4, 4, [new PictureBox(-100, -100, 1e9, 101, Ink.Used), new PictureText(double.NaN, 1e12, "x"), new PictureBox(0, 0, double.NaN, 1, Ink.Top)]));

        Assert.Equal(Palette.Light(Ink.Used), png.ColourAt(7, 1));
        Assert.Equal(Palette.Paper, png.ColourAt(7, 3));
    }

    [Fact]
    public void Svg_IsXmlAndEscapesEveryText()
    {
        const string Hostile = "</text><script>alert(1)</script>&\"'\u0001";
        XElement svg = Svg(new Picture(Hostile, 10, 10,
        [
            new PictureText(0, 5, Hostile), new PictureBox(0, 0, 1, 1, Ink.Used, Hostile),
            new PictureCells(0, 0, 2, 1, 1, [Ink.Used, Ink.Free], [(0, Hostile)]),
        ]));

        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script");
        Assert.Contains("<script>", svg.Elements().First(element => element.Name.LocalName is "title").Value);
    }

    [Fact]
    public void FewRunsOfCells_AreRectanglesThatKeepTheirTips()
    {
        XElement svg = Svg(Map([Ink.Used, Ink.Used, Ink.Free, Ink.Free], [(0, "live"), (1, "other"), (2, "hole")]));
        string[] tips = [.. svg.Descendants().Where(element => element.Name.LocalName is "rect").Elements().Select(tip => tip.Value)];

        Assert.Equal("live other hole", string.Join(' ', tips));
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "image");
    }

    [Fact]
    public void ManyRunsOfCells_AreOneImageWithAPixelACell()
    {
        Ink[] cells = [.. Enumerable.Range(0, 128 * 100).Select(i => i % 2 == 0 ? Ink.Used : Ink.Free)];
        XElement image = Assert.Single(Svg(Map(cells, [(0, "all")])).Descendants(), element => element.Name.LocalName is "image");
        string uri = image.Attribute("href")!.Value;
        DecodedPng png = DecodedPng.From(System.Convert.FromBase64String(uri[(uri.IndexOf(',') + 1)..]));

        Assert.Equal((128, 100), (png.Width, png.Height));
        Assert.Equal(Palette.Light(Ink.Used), png.ColourAt(0, 99));
        Assert.Equal(Palette.Light(Ink.Free), png.ColourAt(127, 99));
        Assert.Equal("[0,\"all\"]", image.Attribute("data-tips")!.Value);
    }

    [Fact]
    public void StackedBars_ShareOneScale()
    {
        PictureBox[] boxes = Boxes(StackedBars.Draw(
            "sums", [("all", [new BarPart("a", 30, Ink.Used), new BarPart("b", 10, Ink.Free)]), ("half", [new BarPart("a", 20, Ink.Used)])],
            Keys, value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal("a: 30, b: 10, a: 20", string.Join(", ", boxes.Select(box => box.Tip)));
        Assert.Equal(boxes[0].Width, 3 * boxes[1].Width, 6);
        Assert.Equal(boxes[2].Width, 2 * boxes[1].Width, 6);
        Assert.Equal(boxes[0].X + boxes[0].Width, boxes[1].X, 6);
    }

    [Fact]
    public void BarChart_BarsAreAsHighAsTheirValues()
    {
        PictureBox[] boxes = Boxes(BarChart.Draw("bars", Keys, [("8", [1, 4]), ("16", [2, double.NaN])], value => $"{value}"));

        Assert.Equal(3, boxes.Length);
        Assert.Equal(4 * boxes[0].Height, boxes[1].Height, 6);
        Assert.Equal(2 * boxes[0].Height, boxes[2].Height, 6);
    }

    [Theory]
    [InlineData(5, "512 KiB", 5)]
    [InlineData(18, "from 512 KiB", 9)]
    [InlineData(60, "from 512 KiB", 10)]
    public void BarChart_LabelsOnlyWhatItHasRoomFor(int groups, string label, int labels)
    {
        Picture chart = BarChart.Draw("bars", Keys, [.. Enumerable.Range(0, groups).Select(i => (label, (IReadOnlyList<double>)[i, 1]))], value => $"{value}");
        PictureText[] drawn = [.. chart.Shapes.OfType<PictureText>().Where(text => string.Equals(text.Text, label, System.StringComparison.Ordinal))];

        Assert.Equal(labels, drawn.Length);
        Assert.All(drawn.Zip(drawn.Skip(1)), pair => Assert.True(pair.Second.X - pair.First.X > 6 * label.Length, $"{pair.First.X}, {pair.Second.X}"));
        Assert.Equal(groups, Assert.IsType<BarContent>(chart.Content).Groups.Count);
    }

    [Fact]
    public void ChartsOfBytes_AreMarkedAtRoundAmounts()
    {
        const double Most = 787 * 1024;
        Picture bars = BarChart.Draw("bars", [Keys[0]], [("a", [Most])], Amounts.Bytes);
        Picture lines = LineChart.Draw("line", [new LineSeries("free", Ink.Used, [(0, 0), (5, Most)])], [], time => $"{time} s", Amounts.Bytes);

        Assert.Equal(["0 B", "128 KiB", "256 KiB", "384 KiB", "512 KiB", "640 KiB", "768 KiB", "896 KiB"], Marks(bars));
        Assert.Equal(Marks(bars), Marks(lines));
        Assert.Equal(["0 %", "25 %", "50 %", "75 %", "100 %"], Marks(BarChart.Draw("shares", [Keys[0]], [("a", [0.9])], Amounts.Percent, 1)));
    }

    [Fact]
    public void LineChart_PlacesPointsByTimeAndValue_AndMarksMomentsInside()
    {
        Picture chart = LineChart.Draw(
            "line", [new LineSeries("free", Ink.Used, [(0, 0), (5, 10), (10, 5)])], [(5, "recovered"), (11, "later")],
            time => $"{time} s", value => $"{value}");
        IReadOnlyList<(double X, double Y)> points = Assert.Single(chart.Shapes.OfType<PictureLine>()).Points;

        Assert.Equal(points[1].X - points[0].X, points[2].X - points[1].X, 6);
        Assert.Equal(2 * (points[0].Y - points[2].Y), points[0].Y - points[1].Y, 6);
        Assert.Equal("recovered", Assert.Single(Boxes(chart)).Tip);
    }

    [Fact]
    public void NothingToShow_IsAnEmptyChart()
    {
        Assert.Empty(Boxes(BarChart.Draw("none", Keys, [], value => $"{value}")));
        Assert.Empty(Boxes(StackedBars.Draw("none", [], Keys, value => $"{value}")));
        Assert.Empty(LineChart.Draw("none", [], [], value => $"{value}", value => $"{value}").Shapes.OfType<PictureLine>());
        Assert.Empty(Assert.Single(Map([], []).Shapes.OfType<PictureCells>()).Cells);
    }

    private static Picture Map(Ink[] cells, (int FirstCell, string Tip)[] tips) => CellMap.Draw("map", cells, tips, [], cell => $"{cell}");

    private static string[] Marks(Picture chart) =>
        [.. chart.Shapes.OfType<PictureText>().Where(text => text.Anchor == TextAnchor.End && !text.Text.EndsWith(" s", System.StringComparison.Ordinal)).Select(text => text.Text)];

    private static PictureBox[] Boxes(Picture picture) => [.. picture.Shapes.OfType<PictureBox>().Where(box => box.Tip is not null)];

    private static DecodedPng Png(Picture picture)
    {
        using MemoryStream file = new();
        PngPicture.Write(picture, file);
        return DecodedPng.From(file.ToArray());
    }

    private static XElement Svg(Picture picture)
    {
        using StringWriter text = new();
        SvgPicture.Write(picture, text);
        return XDocument.Parse(text.ToString()).Root!;
    }
}
