using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Pictures;

/// <summary>Groups of upright bars over one scale that starts at 0, such as used and free slots of each size class.</summary>
internal static class BarChart
{
    private const double Width = 960;
    private const double Left = 74;
    private const double PlotHeight = 170;
    private const double LetterWidth = 6.4;
    private const double LabelGap = 8;

    /// <param name="title">What is shown.</param>
    /// <param name="series">What the bars of a group are.</param>
    /// <param name="groups">From left to right; each has one value for each series.</param>
    /// <param name="format">An amount as a person reads it.</param>
    /// <param name="largest">The end of a scale that is marked at its quarters; null for bytes, which are marked at round amounts.</param>
    public static Picture Draw(
        string title, IReadOnlyList<(Ink Ink, string Label)> series,
        IReadOnlyList<(string Label, IReadOnlyList<double> Values)> groups, Func<double, string> format, double? largest = null)
    {
        List<PictureShape> shapes = [];
        double top = 12 + Legend.Draw(shapes, series, 4, 4, Width - 8);
        Axis amounts = largest is { } end ? Axis.OfQuarters(end) : Axis.OfBytes(groups.SelectMany(group => group.Values).Select(Bounded).DefaultIfEmpty().Max());
        foreach (double mark in amounts.Marks())
        {
            double y = top + PlotHeight - amounts.Place(mark, PlotHeight);
            shapes.Add(new PictureBox(Left, y, Width - Left - 8, 1, Ink.Grid));
            shapes.Add(new PictureText(Left - 6, y + 4, format(mark), TextAnchor.End, Ink: Ink.FaintText));
        }

        double step = (Width - Left - 12) / Math.Max(groups.Count, 1);
        int labelled = GroupsOfALabel(groups.Select(group => group.Label), step);
        double barWidth = Math.Min(step * 0.8 / Math.Max(series.Count, 1), 44);
        for (int group = 0; group < groups.Count; group++)
        {
            double middle = Left + step * (group + 0.5);
            double x = middle - barWidth * series.Count / 2;
            for (int i = 0; i < series.Count; i++)
            {
                double value = Bounded(groups[group].Values[i]);
                double height = amounts.Place(value, PlotHeight);
                if (height > 0)
                {
                    shapes.Add(new PictureBox(
                        x + i * barWidth, top + PlotHeight - height, Math.Max(barWidth - 1, 1), height, series[i].Ink,
                        $"{groups[group].Label}, {series[i].Label}: {format(value)}"));
                }
            }

            if (group % labelled == 0)
                shapes.Add(new PictureText(middle, top + PlotHeight + 16, groups[group].Label, TextAnchor.Middle, Ink: Ink.FaintText));
        }

        return new Picture(title, Width, top + PlotHeight + 24, shapes)
        {
            Content = new BarContent([.. groups.Select(group => new BarGroup(group.Label, [.. series.Select((one, i) =>
                new BarLine(one.Label, one.Ink, Bounded(group.Values[i]), format(group.Values[i])))]))]),
        };
    }

    /// <summary>1 where labels have room side by side, else how many groups share the room of one.</summary>
    private static int GroupsOfALabel(IEnumerable<string> labels, double step) =>
        Math.Max(1, (int)Math.Ceiling((labels.Select(label => label.Length).DefaultIfEmpty().Max() * LetterWidth + LabelGap) / step));

    private static double Bounded(double value) => double.IsFinite(value) ? Math.Max(value, 0) : 0;
}
