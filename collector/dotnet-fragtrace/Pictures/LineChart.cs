using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Pictures;

/// <summary>Lines over time on one scale that starts at 0, with marked moments.</summary>
internal static class LineChart
{
    private const double Width = 960;
    private const double Left = 74;
    private const double PlotHeight = 200;
    private const int Marks = 4;

    /// <param name="title">What is shown.</param>
    /// <param name="series">Points in order of time, x in the unit of <paramref name="timeFormat"/>.</param>
    /// <param name="moments">Marked moments with their label.</param>
    /// <param name="timeFormat">A time as a person reads it.</param>
    /// <param name="format">An amount of bytes as a person reads it.</param>
    public static Picture Draw(
        string title, IReadOnlyList<LineSeries> series, IReadOnlyList<(double Time, string Label)> moments,
        Func<double, string> timeFormat, Func<double, string> format)
    {
        List<PictureShape> shapes = [];
        double top = 22 + Legend.Draw(shapes, [.. series.Select(line => (line.Ink, line.Label))], 4, 4, Width - 8);
        (double Time, double Value)[] points = [.. series.SelectMany(line => line.Points).Where(IsFinite)];
        double first = points.Select(point => point.Time).DefaultIfEmpty().Min();
        double last = points.Select(point => point.Time).DefaultIfEmpty().Max();
        Axis amounts = Axis.OfBytes(points.Select(point => point.Value).DefaultIfEmpty().Max());
        double scaleX = last > first ? (Width - Left - 12) / (last - first) : 0;

        foreach (double mark in amounts.Marks())
        {
            double y = top + PlotHeight - amounts.Place(mark, PlotHeight);
            shapes.Add(new PictureBox(Left, y, Width - Left - 12, 1, Ink.Grid));
            shapes.Add(new PictureText(Left - 6, y + 4, format(mark), TextAnchor.End, Ink: Ink.FaintText));
        }

        for (int mark = 0; mark <= Marks; mark++)
        {
            double time = first + (last - first) * mark / Marks;
            TextAnchor anchor = mark == Marks ? TextAnchor.End : mark == 0 ? TextAnchor.Start : TextAnchor.Middle;
            shapes.Add(new PictureText(Left + (time - first) * scaleX, top + PlotHeight + 16, timeFormat(time), anchor, Ink: Ink.FaintText));
        }

        foreach ((double time, string label) in moments.Where(moment => moment.Time >= first && moment.Time <= last))
        {
            double x = Left + (time - first) * scaleX;
            shapes.Add(new PictureBox(x - 1, top, 2, PlotHeight, Ink.Alarm, label));
            shapes.Add(new PictureText(x, top - 6, label, x > Width / 2 ? TextAnchor.End : TextAnchor.Start, Ink: Ink.Alarm));
        }

        foreach (LineSeries line in series)
        {
            shapes.Add(new PictureLine(
                [.. line.Points.Where(IsFinite).Select(point => (
                    Left + (point.Time - first) * scaleX,
                    top + PlotHeight - amounts.Place(point.Value, PlotHeight)))],
                line.Ink, 2));
        }

        return new Picture(title, Width, top + PlotHeight + 24, shapes)
        {
            Content = new TrendContent([.. series.Select(TrendOf)], timeFormat(first), timeFormat(last)),
        };

        Trend TrendOf(LineSeries line)
        {
            (double Time, double Value)[] known = [.. line.Points.Where(IsFinite)];
            return new Trend(
                line.Label, line.Ink, [.. known.Select(point => (last > first ? (point.Time - first) / (last - first) : 0, point.Value))],
                format(known.Length == 0 ? double.NaN : known[^1].Value),
                format(known.Length == 0 ? double.NaN : known.Max(point => point.Value)));
        }
    }

    private static bool IsFinite((double Time, double Value) point) => double.IsFinite(point.Time) && double.IsFinite(point.Value);
}
